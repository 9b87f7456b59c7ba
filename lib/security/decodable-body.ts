/** The largest number of arguments in one call of a server action. Next's own limit is higher. */
const MAX_ARGUMENTS = 100;
/** Matches the name of a part of the body that is an argument of a server action. All other parts are fields of forms. */
const ARGUMENT = /^(\$ACTION_\d+:)?(0|[1-9]\d{0,3})$/;
/**
 * Matches the start that the name of each form field must have if JavaScript calls the action, for example `_1_`. Without such a
 * start, React would read a name such as `01` as a number.
 */
const FIELD = /^_\d+_/;
/**
 * Matches the special strings of React's encoding that our own pages send: `$$` for a dollar sign at the start, values that JSON
 * does not have, and forms.
 */
const SPECIAL = /^\$(?:\$|(?:undefined|NaN|-?Infinity|-0)$|D|n-?\d{1,300}$|K[\da-f]+$)/;

/**
 * Returns whether Next can decode the body of a form or a server action. If Next cannot decode a body, it responds with 500
 * before any code of the action runs. `isCall` means that JavaScript calls the action: the body is then a list of arguments.
 */
export async function isDecodable(body: Uint8Array<ArrayBuffer>, type: string, isCall: boolean): Promise<boolean> {
  try {
    if (!type.startsWith("multipart/form-data")) return !isCall || isList(parse(new TextDecoder().decode(body)));
    const form = await new Response(body, { headers: { "content-type": type } }).formData();
    const names = [...form.keys()].filter((name) => ARGUMENT.test(name));
    const known = new Set(names);
    if (known.size < names.length) return false;
    if (isCall && [...form.keys()].some((name) => !known.has(name) && !FIELD.test(name))) return false;
    const values = new Map(names.map((name) => [name, parsePart(name, form.get(name), known)]));
    return !isCall || isList(values.get("0"));
  } catch {
    return false;
  }
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.length <= MAX_ARGUMENTS;
}

/**
 * Parses a part of the body that is an argument of a server action. The argument may refer only to parts with higher numbers,
 * so that there are no circular references.
 */
function parsePart(name: string, value: unknown, known: Set<string>): unknown {
  const [, prefix = "", number] = ARGUMENT.exec(name) ?? [];
  return parse(value, (other) => other > Number(number) && known.has(`${prefix}${other}`));
}

/**
 * Parses an argument. Throws if it is not JSON, or if React would decode a value in it to something that our pages never send.
 */
function parse(text: unknown, isPart: (number: number) => boolean = () => false): unknown {
  if (typeof text !== "string") throw new TypeError("An argument of a server action must be JSON, not a file.");
  return JSON.parse(text, (key, value: unknown) => {
    const isKnown =
      typeof value !== "string" || !value.startsWith("$") || SPECIAL.test(value) || refersTo(value, isPart);
    if (!isKnown || key === "then" || key === "__proto__")
      throw new TypeError("This argument of a server action contains a value that our pages never send.");
    return value;
  });
}

/**
 * Whether the string refers to the value of another part, by the part's number in hexadecimal. Our pages send no other kind of
 * reference.
 */
function refersTo(value: string, isPart: (number: number) => boolean): boolean {
  const number = /^\$@([\da-f]+)$/.exec(value)?.[1];
  return number !== undefined && isPart(Number.parseInt(number, 16));
}
