def write(schema, root):
    pass
