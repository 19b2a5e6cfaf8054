"""The rules' values and the contract's messages, each way. Nothing here decides anything."""
