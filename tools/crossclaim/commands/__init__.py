"""The commands, a room for each part of the flow."""
