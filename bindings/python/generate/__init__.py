"""What is made when the wheel is built, from the C headers and the JSON Schemas: their one source of truth stays in the repository."""
