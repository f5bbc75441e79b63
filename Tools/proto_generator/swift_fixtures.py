"""Writes Tests/ExchangeProtosTests/Canonical: messages of every type, as Google's own protobuf
serialises them, for the tests to read and to write again byte by byte."""
import base64
import textwrap

from google.protobuf import descriptor_pool, message_factory

from .schema import Proto
from .swift_types import heading

FOLDER = "Tests/ExchangeProtosTests/Canonical"
# Numbers that lose something if a width or a sign is mistaken.
NUMBERS = {
    Proto.TYPE_INT32: -7, Proto.TYPE_INT64: -1_234_567_890_123, Proto.TYPE_UINT32: 2**32 - 1,
    Proto.TYPE_UINT64: 2**64 - 1, Proto.TYPE_BOOL: True}
ZERO_NUMBERS = {**{kind: 0 for kind in NUMBERS}, Proto.TYPE_BOOL: False}


class Samples:
    def __init__(self, descriptor_set, schema):
        pool = descriptor_pool.DescriptorPool()
        pending = {file.name: file for file in descriptor_set.file}

        def add(file):
            for dependency in file.dependency:
                if dependency in pending:
                    add(pending.pop(dependency))
            pool.Add(file)

        while pending:
            add(pending.pop(next(iter(pending))))
        self.schema, self.pool = schema, pool
        self.factory = message_factory.MessageFactory(pool)

    def new(self, message):
        return self.factory.GetPrototype(self.pool.FindMessageTypeByName(message.full_name))()

    def text(self, field):
        limit = field.comment.number("each") if field.repeated else field.comment.number("max")
        words = f"文字 {field.name}".encode()[:limit if limit is not None else 400]
        return words.decode(errors="ignore")

    def element(self, field):
        comment = field.comment
        if field.is_text:
            return self.text(field)
        if field.is_bytes:
            # What may be long need not be: a list of half a megabyte proves no more than one of these.
            count = comment.number("length") or min(comment.number("each") or 5, 32)
            return bytes(255 - place % 256 for place in range(count))
        if field.is_enum:
            enums = [e for f in self.schema.files for e in f.enums if e.name == field.type_name]
            return enums[0].values[-1].number
        if field.is_date:
            return 20080229
        if "range" in comment.directives:
            return int(comment.directives["range"][1])
        return NUMBERS[field.proto.type]

    def smallest(self, field):
        if "range" in field.comment.directives:
            return int(field.comment.directives["range"][0])
        return ZERO_NUMBERS[field.proto.type]

    def put(self, target, field, full):
        """Gives a field a value: the least that is accepted, or one with everything in it."""
        if field.is_message:
            message = self.schema.messages[field.type_name]
            value = self.full(message, 0) if full else self.least(message)
            if field.repeated:
                getattr(target, field.name).extend([value, self.least(message)])
            else:
                getattr(target, field.name).CopyFrom(value)
        elif field.repeated:
            getattr(target, field.name).extend([self.element(field)] * 2)
        else:
            setattr(target, field.name, self.element(field))

    def least(self, message, zeros=False):
        sample = self.new(message)
        for field in message.fields:
            if field.comment.required:
                self.put(sample, field, full=False)
            elif zeros and field.optional:
                setattr(sample, field.name, self.smallest(field))
        for oneof in message.oneofs:
            if oneof.comment.required:
                self.put(sample, oneof.fields[0], full=False)
        return sample

    def full(self, message, case):
        sample = self.new(message)
        for field in message.fields:
            self.put(sample, field, full=True)
        for oneof in message.oneofs:
            self.put(sample, oneof.fields[case % len(oneof.fields)], full=True)
        return sample

    def of(self, message):
        yield "least", self.least(message)
        if any(field.optional for field in message.fields):
            yield "zeros", self.least(message, zeros=True)
        for case in range(max([len(oneof.fields) for oneof in message.oneofs], default=1)):
            yield f"full {case}", self.full(message, case)


def literal(sample):
    text = base64.b64encode(sample.SerializeToString(deterministic=True)).decode()
    if not text:
        return '""'
    return '"""\n    ' + "\\\n    ".join(textwrap.wrap(text, 92)) + '\n    """'


def rules_words(schema):
    """The words that the rules own, as the .proto files number them, beside the rules' own."""
    rows = []
    for enum in sorted(schema.enums.values(), key=lambda enum: enum.name):
        if not enum.is_rules_own:
            continue
        values = [v for v in enum.values if not (enum.has_nil and v.number == 0)]
        words = ", ".join(f'{v.number}: "{v.swift_name}"' for v in values)
        rows.append(
            f'    RulesWord("{enum.name}", [{words}],\n      {enum.name}.allCases.map {{ ($0.rawValue, "\\($0)") }}),\n')
    return (
        "// Generated by Tools/generate-protos from Protos; do not edit.\n"
        "import ExchangeRules\nimport Testing\n\n"
        "/// A word of the field in the .proto files and in the rules.\n"
        "struct RulesWord: Sendable, CustomTestStringConvertible {\n"
        "  let name: String\n  /// By number, as in the .proto files.\n  let onTheWire: [Int: String]\n"
        "  /// By number, as the rules have it.\n  let inTheRules: [Int: String]\n\n"
        "  init(_ name: String, _ onTheWire: [Int: String], _ inTheRules: [(Int, String)]) {\n"
        "    self.name = name\n    self.onTheWire = onTheWire\n"
        "    self.inTheRules = Dictionary(inTheRules) { first, _ in first }\n  }\n\n"
        "  var testDescription: String { name }\n\n"
        f"  static let all: [RulesWord] = [\n{''.join(rows)}  ]\n}}\n")


def write(descriptor_set, schema, root):
    samples = Samples(descriptor_set, schema)
    target = root / FOLDER
    target.mkdir(parents=True)
    names = []
    for file in schema.files:
        name = "".join(part.capitalize() for part in file.stem.split("_")) + "Messages"
        names.append(name[0].lower() + name[1:])
        entries = "".join(
            f'    CanonicalMessage("{message.full_name}", "{variant}", {literal(sample)}),\n'
            for message in file.messages for variant, sample in samples.of(message))
        (target / f"CanonicalMessage+{name}.swift").write_text(
            heading(file) + "\nextension CanonicalMessage {\n"
            f"  static let {names[-1]}: [CanonicalMessage] = [\n{entries}  ]\n}}\n")
    (target / "RulesWord.swift").write_text(rules_words(schema))
    (target / "CanonicalMessage.swift").write_text(
        "// Generated by Tools/generate-protos from Protos; do not edit.\n"
        "import Foundation\nimport Testing\n\n"
        "/// A message as Google's own protobuf serialises it.\n"
        "struct CanonicalMessage: Sendable, CustomTestStringConvertible {\n"
        "  /// The type, as in `xiecha.v1.Item`.\n  let fullName: String\n"
        "  /// `least`: what is required; `zeros`: and each optional number least; `full N`: everything,\n"
        "  /// with the oneof's case N.\n  let variant: String\n"
        "  /// The serialised message.\n  let bytes: [UInt8]\n\n"
        "  init(_ fullName: String, _ variant: String, _ base64: String) {\n"
        "    self.fullName = fullName\n    self.variant = variant\n"
        "    bytes = [UInt8](Data(base64Encoded: base64) ?? Data())\n  }\n\n"
        '  var testDescription: String { "\\(fullName) \\(variant)" }\n\n'
        f"  static let all = {' + '.join(names)}\n}}\n")
