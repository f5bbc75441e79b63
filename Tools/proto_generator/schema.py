"""The schema of Protos/*.proto as the writers need it: protoc's descriptors, and what the comments
say: documentation and the directives that are enforced on untrusted bytes.

Directives, anywhere in the comment of a field (or of a oneof, for @required):
  @required    a message is present, a text or bytes not empty, an enum not zero, a oneof set
  @length N    bytes: exactly N bytes (repeated: each element)
  @max N       text or bytes: at most N bytes of UTF-8; repeated: at most N elements
  @each N      repeated text or bytes: each element has at most N bytes
  @range A B   uint32, int32 (repeated: each element): A to B
  @date        int32: a day as yyyymmdd, or 0 for none; with @required never 0
  @table NAME  a coded value; the table of code_tables.csv that its codes are from
  @label TEXT  what an operator sees (Chinese), without spaces

Directive of a oneof:
  @apart       what a field of it holds can be read from the field's own bytes

Directive of an enum:
  @rules       the word is the rules' own: messages have ExchangeRules' type of the same name. A
               value _UNSPECIFIED = 0 is nil there, any other 0 is a case; a test holds the numbers
               of the two against each other
"""
import re

from google.protobuf import descriptor_pb2

Proto = descriptor_pb2.FieldDescriptorProto
SCALARS = {
    Proto.TYPE_INT32: "Int32", Proto.TYPE_INT64: "Int64", Proto.TYPE_UINT32: "UInt32",
    Proto.TYPE_UINT64: "UInt64", Proto.TYPE_BOOL: "Bool", Proto.TYPE_STRING: "String",
    Proto.TYPE_BYTES: "[UInt8]",
}
SWIFT_KEYWORDS = set(
    "as associatedtype async await break case catch class continue default defer deinit do else "
    "enum extension fallthrough false fileprivate for func guard if import in init inout internal "
    "is let nil operator precedencegroup private protocol public repeat rethrows return self "
    "static struct subscript super switch throw throws true try typealias var where while".split())
# protoc-c renames a field that is a keyword of C++; the Swift side would not find it.
C_KEYWORDS = set(
    "and asm auto bool char const delete double explicit export extern float friend goto int long "
    "mutable namespace new not or register short signed sizeof template this typedef typeid "
    "typename union unsigned using virtual void volatile xor".split())


class SchemaError(Exception):
    """A .proto file asks for what the generator does not do; the text names the place."""


def lower_camel(name):
    head, *rest = name.lower().split("_")
    return head + "".join(part.capitalize() for part in rest)


def c_lower(camel):
    """protoc-c's CamelToLower: an underscore before a capital that follows a small letter."""
    return re.sub(r"(?<![A-Z])(?<!^)([A-Z])", r"_\1", camel).lower()


def sentence(text):
    text = " ".join(text.split())
    if text and not text.endswith((".", "?", "!", "。")):
        text += "."
    if re.match(r"[a-z]+[ .,;]", text):
        text = text[0].upper() + text[1:]
    return text


DIRECTIVE = re.compile(
    r"@(required\b|length \d+|max \d+|each \d+|range \d+ \d+|date\b|rules\b|apart\b|table \w+|label [^\s.]+)\.?\s*")


class Comment:
    """The words and the directives of a comment."""

    def __init__(self, text, place):
        self.directives = {}
        for match in DIRECTIVE.finditer(text):
            name, *arguments = match.group(1).split(" ")
            self.directives[name] = arguments
        self.text = sentence(DIRECTIVE.sub("", text))
        if "@" in self.text:
            raise SchemaError(f"{place}: unknown directive in “{self.text}”")

    def number(self, name):
        return int(self.directives[name][0]) if name in self.directives else None

    @property
    def required(self):
        return "required" in self.directives


class Field:
    def __init__(self, proto, comment, place):
        self.proto, self.comment, self.place = proto, comment, place
        self.name, self.number = proto.name, proto.number
        self.swift_name = lower_camel(proto.name)
        self.repeated = proto.label == Proto.LABEL_REPEATED
        self.optional = proto.proto3_optional
        self.type_name = proto.type_name.rsplit(".", 1)[-1]
        if proto.name in SWIFT_KEYWORDS | C_KEYWORDS or self.swift_name in SWIFT_KEYWORDS:
            raise SchemaError(f"{place}: {proto.name} is a keyword of C or Swift; choose another")
        if proto.type not in SCALARS and not self.is_message and not self.is_enum:
            raise SchemaError(f"{place}: this type is not supported; add it to Tools/proto_generator")
        if self.repeated and proto.type == Proto.TYPE_BOOL:
            raise SchemaError(f"{place}: a list of flags is not supported")
        self.check_directives()

    def check_directives(self):
        given = set(self.comment.directives)
        sized = self.is_text or self.is_bytes
        allowed = {"label", "table"}
        if self.is_message or self.is_enum or sized:
            allowed.add("required")
        if sized or self.repeated:
            allowed.add("max")
        if sized and self.repeated:
            allowed.add("each")
        if self.is_bytes:
            allowed.add("length")
        if self.scalar in ("UInt32", "Int32"):
            allowed.add("range")
        if self.scalar == "Int32" and not self.repeated:
            allowed.add("date")
        if self.is_date:
            allowed.add("required")
        if given - allowed or (self.repeated and "required" in given):
            raise SchemaError(f"{self.place}: @{' @'.join(sorted(given))} does not fit its type")

    is_message = property(lambda self: self.proto.type == Proto.TYPE_MESSAGE)
    is_enum = property(lambda self: self.proto.type == Proto.TYPE_ENUM)
    is_text = property(lambda self: self.proto.type == Proto.TYPE_STRING)
    is_bytes = property(lambda self: self.proto.type == Proto.TYPE_BYTES)
    is_date = property(lambda self: "date" in self.comment.directives)
    scalar = property(lambda self: SCALARS.get(self.proto.type))

    @property
    def element_type(self):
        return self.scalar or self.type_name

    def rules(self):
        """The directives as a sentence for the documentation."""
        c, parts = self.comment, []
        if c.required:
            parts.append("required")
        if (n := c.number("length")) is not None:
            parts.append(f"{n} bytes" + (" each" if self.repeated else ""))
        if (n := c.number("max")) is not None:
            parts.append(f"at most {n} " + ("elements" if self.repeated else "bytes"))
        if (n := c.number("each")) is not None:
            parts.append(f"each at most {n} bytes")
        if "range" in c.directives:
            parts.append("{} to {}".format(*c.directives["range"]))
        if self.is_date and "yyyymmdd" not in c.text:
            parts.append("a day as yyyymmdd" + ("" if c.required else ", 0 absent"))
        if "table" in c.directives:
            parts.append(f"a code of the table `{c.directives['table'][0]}`")
        return sentence(", ".join(parts).capitalize() if parts else "")

    def documentation(self):
        label = self.comment.directives.get("label", [""])[0]
        words = self.comment.text or sentence(self.name.replace("_", " ").capitalize())
        if label:
            words = f"{label}. {self.comment.text}".strip()
        return f"{words} {self.rules()}".strip()


class Oneof:
    def __init__(self, proto, comment, fields):
        self.name, self.comment, self.fields = proto.name, comment, fields
        self.swift_name = lower_camel(proto.name)
        self.type_name = self.swift_name[0].upper() + self.swift_name[1:]


class Message:
    def __init__(self, proto, file, path):
        self.name, self.file, self.place = proto.name, file, f"{file.name}: {proto.name}"
        self.full_name = f"{file.package}.{proto.name}"
        self.comment = file.comment(path, self.place)
        if proto.nested_type or proto.enum_type:
            raise SchemaError(f"{self.place}: nested types are not supported; put them beside it")
        self.all_fields = [
            Field(f, file.comment(path + (2, i), f"{self.place}.{f.name}"), f"{self.place}.{f.name}")
            for i, f in enumerate(proto.field)]
        self.fields, self.oneofs = [], []
        for field in self.all_fields:
            if field.optional or not field.proto.HasField("oneof_index"):
                self.fields.append(field)
        for i, oneof in enumerate(proto.oneof_decl):
            members = [f for f in self.all_fields if f.proto.HasField("oneof_index")
                       and f.proto.oneof_index == i and not f.optional]
            if members:
                comment = file.comment(path + (8, i), f"{self.place}.{oneof.name}")
                self.oneofs.append(Oneof(oneof, comment, members))
        parts = file.package.split(".")
        self.c_type = "__".join(p[0].upper() + p[1:] for p in parts) + "__" + self.name
        self.c_prefix = "__".join(parts) + "__" + c_lower(self.name)


class EnumValue:
    def __init__(self, proto, prefix, comment):
        self.number = proto.number
        self.swift_name = lower_camel(proto.name[len(prefix):])
        self.comment = comment
        self.declared_name = (
            f"`{self.swift_name}`" if self.swift_name in SWIFT_KEYWORDS else self.swift_name)

    def documentation(self):
        words = re.sub(r"(?<=[a-z])([A-Z])", lambda m: " " + m.group(1).lower(), self.swift_name)
        return self.comment.text or sentence(words.capitalize())


class Enum:
    def __init__(self, proto, file, path):
        self.name, self.file = proto.name, file
        self.place = f"{file.name}: {proto.name}"
        self.comment = file.comment(path, self.place)
        prefix = c_lower(proto.name).upper() + "_"
        for value in proto.value:
            if not value.name.startswith(prefix):
                raise SchemaError(f"{self.place}: {value.name} must start with {prefix}")
        self.values = [
            EnumValue(v, prefix, file.comment(path + (2, i), self.place))
            for i, v in enumerate(proto.value)]
        self.is_rules_own = "rules" in self.comment.directives
        self.has_nil = self.is_rules_own and self.values[0].swift_name == "unspecified"


class Method:
    def __init__(self, proto, service, comment):
        self.name, self.comment = proto.name, comment
        self.swift_name = proto.name[0].lower() + proto.name[1:]
        self.full_name = f"{service.full_name}/{proto.name}"
        self.request = proto.input_type.rsplit(".", 1)[-1]
        self.reply = proto.output_type.rsplit(".", 1)[-1]
        shapes = {
            (False, False): "Unary", (False, True): "ServerStreaming", (True, True): "Bidirectional"}
        self.shape = shapes.get((proto.client_streaming, proto.server_streaming))
        if self.shape is None:
            raise SchemaError(f"{self.full_name}: only the requests are a stream; make both one")
        self.number = fnv1a(self.full_name)
        self.idempotent = (
            proto.options.idempotency_level
            != descriptor_pb2.MethodOptions.IDEMPOTENCY_UNKNOWN)


def fnv1a(text):
    """FNV-1a, 32 bit: the number of a method on the wire."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


class Service:
    def __init__(self, proto, file, path):
        self.name, self.file = proto.name, file
        self.full_name = f"{file.package}.{proto.name}"
        self.comment = file.comment(path, self.full_name)
        self.methods = [
            Method(m, self, file.comment(path + (2, i), self.full_name))
            for i, m in enumerate(proto.method)]


class File:
    def __init__(self, proto):
        self.name, self.package = proto.name, proto.package
        self.stem = proto.name.removesuffix(".proto")
        self.comments = {}
        for location in proto.source_code_info.location:
            text = f"{location.leading_comments} {location.trailing_comments}"
            self.comments[tuple(location.path)] = text
        if proto.syntax != "proto3":
            raise SchemaError(f"{proto.name}: only proto3 is supported")
        self.messages = [Message(m, self, (4, i)) for i, m in enumerate(proto.message_type)]
        self.enums = [Enum(e, self, (5, i)) for i, e in enumerate(proto.enum_type)]
        self.services = [Service(s, self, (6, i)) for i, s in enumerate(proto.service)]

    def comment(self, path, place):
        return Comment(self.comments.get(tuple(path), ""), place)


class Schema:
    def __init__(self, descriptor_set):
        self.files = [File(f) for f in descriptor_set.file]
        self.messages = {m.name: m for f in self.files for m in f.messages}
        self.enums = {e.name: e for f in self.files for e in f.enums}
        for message in self.messages.values():
            for field in message.all_fields:
                field.enum = self.enums[field.type_name] if field.is_enum else None
                if field.enum and field.enum.is_rules_own and (
                        field.repeated or field.optional or field.proto.HasField("oneof_index")):
                    raise SchemaError(f"{field.place}: a word of the rules is a plain field")
        self.check_names()
        for message in self.messages.values():
            self.check_depth(message, ())
        numbers = {}
        for service in (s for f in self.files for s in f.services):
            for method in service.methods:
                other = numbers.setdefault(method.number, method.full_name)
                if other != method.full_name:
                    raise SchemaError(f"{method.full_name} and {other} share a number; rename one")

    def check_names(self):
        seen = set()
        for file in self.files:
            for declaration in [*file.messages, *file.enums, *file.services]:
                if declaration.name in seen:
                    raise SchemaError(f"{file.name}: {declaration.name} is declared twice")
                seen.add(declaration.name)

    def check_depth(self, message, above):
        """A message that contains itself would let a peer choose the depth of the recursion."""
        if message.name in above:
            raise SchemaError(f"{message.place}: a message may not contain itself")
        for field in message.all_fields:
            if field.is_message:
                self.check_depth(self.messages[field.type_name], above + (message.name,))
