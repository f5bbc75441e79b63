"""What Tools/generate-protos is made of: the schema, and a writer for each kind of output."""
