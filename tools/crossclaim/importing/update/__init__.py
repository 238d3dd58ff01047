"""An original that comes again: what it changes in an essay that has been tagged since."""
