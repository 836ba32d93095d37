"""The pages: a door that asks the rooms for what a reader may see and sets it well."""
