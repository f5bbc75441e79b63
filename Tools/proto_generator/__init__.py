"""What Tools/generate-protos is made of: schema, c_sources, swift_types, swift_records."""
