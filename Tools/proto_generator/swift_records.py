"""Writes the generic access to the record messages: the messages of the oneof `Record.kind`."""
from .schema import SchemaError
from .swift_types import folder, heading

# How a value is read from and written to its property, by the kind of the field.
EMPTY = {"text": '""', "code": '""', "date": "0", "numbers": "[]"}


def kind(field):
    if field.repeated and field.scalar == "UInt32":
        return "numbers"
    if field.is_text and not field.repeated:
        return "code" if "table" in field.comment.directives else "text"
    if field.is_date and not field.optional:
        return "date"
    kinds = {"UInt32": "count", "Int64": "money", "Bool": "flag"}
    if field.optional and field.scalar in kinds:
        return kinds[field.scalar]
    raise SchemaError(f"{field.place}: no kind of a record's field (see Protos/records.proto)")


def description(field):
    directives = field.comment.directives
    if "label" not in directives:
        raise SchemaError(f"{field.place}: a record's field needs a @label")
    parts = [f'name: "{field.swift_name}"', f'label: "{directives["label"][0]}"',
             f"kind: .{kind(field)}"]
    if "table" in directives:
        parts.append(f'table: "{directives["table"][0]}"')
    if field.comment.required:
        parts.append("isRequired: true")
    if (number := field.comment.number("max")) is not None:
        parts.append(f"max: {number}")
    if "range" in directives:
        parts.append("range: {}...{}".format(*directives["range"]))
    return f"    RecordField({', '.join(parts)}),\n"


def getter(field):
    # A field may have the name of the parameter, `name`.
    name, of = f"self.{field.swift_name}", kind(field)
    if of in EMPTY:
        value = f"{name} == {EMPTY[of]} ? nil : .{of}({name})"
    else:
        value = f"{name}.map(RecordFieldValue.{of})"
    return f'    case "{field.swift_name}": {value}\n'


def setter(field):
    name, of = field.swift_name, kind(field)
    return f'    case ("{name}", .{of}(let new)): self.{name} = new\n'


def clearer(field):
    return f'    case "{field.swift_name}": self.{field.swift_name} = {EMPTY.get(kind(field), "nil")}\n'


def record_source(message, member):
    fields = message.fields
    return (
        heading(message.file)
        + "\npublic import ExchangeRules\n"
        f"\nextension {message.name}: RecordMessage {{\n"
        "  /// The category's number (S3).\n"
        f"  public static var category: Int {{ {member.number} }}\n\n"
        "  /// The fields, in the order of the form.\n"
        f"  public static let fields: [RecordField] = [\n"
        + "".join(description(f) for f in fields) + "  ]\n\n"
        "  /// The value of a field; nil where it is absent, or where no field has that name.\n"
        "  public func value(of name: String) -> RecordFieldValue? {\n    switch name {\n"
        + "".join(getter(f) for f in fields) + "    default: nil\n    }\n  }\n\n"
        "  /// Sets a field; false, and nothing done, where name or kind fits no field.\n"
        "  public mutating func set(_ value: RecordFieldValue, of name: String) -> Bool {\n"
        "    switch (name, value) {\n"
        + "".join(setter(f) for f in fields) + "    default: return false\n    }\n"
        "    return true\n  }\n\n"
        "  /// Makes a field absent; false where no field has that name.\n"
        "  public mutating func clear(_ name: String) -> Bool {\n    switch name {\n"
        + "".join(clearer(f) for f in fields) + "    default: return false\n    }\n"
        "    return true\n  }\n\n"
        "  /// The record as an item carries it.\n"
        f"  public var record: Record {{ Record(kind: .{member.swift_name}(self)) }}\n}}\n")


def union_source(message, members):
    types = "".join(f"    {m.type_name}.self,\n" for m in members)
    cases = "".join(f"    case .{m.swift_name}(let record): record\n" for m in members)
    return (
        heading(message.file)
        + "\nextension Record {\n"
        "  /// The record types, by category, 1 to 11.\n"
        f"  public static let messageTypes: [any RecordMessage.Type] = [\n{types}  ]\n\n"
        "  /// A record of this kind.\n"
        "  public init(kind: Kind?) {\n    self.kind = kind\n  }\n\n"
        "  /// The typed record, seen through its generic access.\n"
        "  public var message: (any RecordMessage)? {\n    switch kind {\n"
        f"{cases}    case nil: nil\n    }}\n  }}\n}}\n")


def write(schema, root):
    message = schema.messages["Record"]
    members = sorted(message.oneofs[0].fields, key=lambda field: field.number)
    target = root / folder(message.file)
    for member in members:
        record = schema.messages[member.type_name]
        (target / f"{record.name}+Fields.swift").write_text(record_source(record, member))
    (target / "Record+Types.swift").write_text(union_source(message, members))
