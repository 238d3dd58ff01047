"""Review: what a person does with suggested tags, and the local page it is done on."""
