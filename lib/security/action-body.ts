/** Next's own limit (arguments of one action) is higher. */
const MAX_ARGUMENTS = 100;
/** The names of parts that hold arguments: the other parts are fields of forms. */
const ARGUMENT = /^(?:\$ACTION_\d+:)?(\d+)$/;
/** Strings of React's encoding that our own pages send: `$$` before a dollar sign, values that JSON lacks, and forms. */
const SPECIAL = /^\$(?:\$|(?:undefined|NaN|-?Infinity|-0)$|D|n-?\d{1,300}$|K[\da-f]+$)/;

/**
 * Returns whether the body of a form or a server action can be decoded. Next would respond to another one with 500, before any
 * code of the action runs. `isCall` means that JavaScript calls the action: the body is then a list of arguments.
 */
export async function isDecodable(body: Uint8Array<ArrayBuffer>, type: string, isCall: boolean): Promise<boolean> {
  try {
    if (!type.startsWith("multipart/form-data")) return !isCall || isList(parse(new TextDecoder().decode(body), []));
    const form = await new Response(body, { headers: { "content-type": type } }).formData();
    const parts = [...form].flatMap(([name, value]) => {
      const number = ARGUMENT.exec(name)?.[1];
      return number === undefined ? [] : [{ name, number, value }];
    });
    const numbers = parts.map(({ number }) => Number(number));
    const values = parts.map(({ value }) => parse(value, numbers));
    return !isCall || isList(values[parts.findIndex(({ name }) => name === "0")]);
  } catch {
    return false;
  }
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.length <= MAX_ARGUMENTS;
}

/** Parses an argument. Throws if it is not JSON, or has what React would decode to something that no page of ours sends. */
function parse(text: unknown, parts: number[]): unknown {
  if (typeof text !== "string") throw new TypeError("An argument cannot be a file.");
  return JSON.parse(text, (key, value: unknown) => {
    const isKnown = typeof value !== "string" || !value.startsWith("$") || SPECIAL.test(value) || isPart(value, parts);
    if (!isKnown || key === "then" || key === "__proto__") throw new TypeError("This argument cannot be decoded.");
    return value;
  });
}

/** Whether the string refers to another part of the form. */
function isPart(value: string, parts: number[]): boolean {
  const number = /^\$@?([\da-f]+)$/.exec(value)?.[1];
  return number !== undefined && parts.includes(Number.parseInt(number, 16));
}
