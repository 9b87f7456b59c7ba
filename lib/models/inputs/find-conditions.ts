import type { Field } from "./fields";
import type { Condition } from "./used-when";

// A schema cannot say that a model uses an input only together with another input, but the description of the input often says
// so. Only sentences that leave no doubt are recognized here. If a condition is missed, the form shows a field without effect.
// That is better than a wrong condition, which would hide a field that the user needs.

const ONLY =
  /(?<!not )\bonly (?:(?:be |is |are |takes |has )?(?:an )?(?:effect|used|applied|applicable|applies|apply|effective|counts?|works?|valid|available|relevant|active|supported)? ?(?:together )?)?(when|if|while|with|for) /i;
const IGNORED = /(?<!not |never )\b(?:ignored|not used|unused|no effect|not applied|off) (when|if|while|with) /i;
const USED = /(?<!not |only )\bused (when|if|while) /i;
/** Matches the end of a clause. A comma ends a clause, except before "or" and "and". */
const END = /^\s*(?:$|,(?!\s*(?:or|and)\b)|\s[–—-]\s)/i;
const STATE =
  /^ (?:is|are) (not )?(?:(given|provided|set|present|specified|supplied|used|uploaded|passed|enabled|true|on|checked)|(?:empty|missing|unset|disabled|false|off|null|none))(?!\w)/i;
const EQUALS = /^ ?(?:is set to|equals|set to|is|are|==?|:|(!=)) ?(not )?/i;
const VALUE = /^(?:"([^"]+)"|'([^']+)'|`([^`]+)`|“([^”]+)”|([\w:/+-]+))/;

// Anyone can publish a model, so the work is limited. Only the first characters of a description are read, and only the first
// conditions in it are used. If a form has too many fields, no conditions are read.
const MAX_LENGTH = 1000;
const MAX_CONDITIONS = 2;
const MAX_FIELDS = 200;
/**
 * Conditions can form a chain: the input `a` depends on `b`, and `b` on `c`. The chain may also be a circle, which has no end. So
 * if a chain has more steps than this, the conditions of the input at its start are dropped.
 */
const MAX_DEPTH = 4;

/** Returns `fields`. A field gets `usedWhen` if its description states conditions. */
export function withConditions(fields: Field[]): Field[] {
  if (fields.length > MAX_FIELDS) return fields;
  const found = new Map(fields.map((field) => [field.name, findConditions(field, fields)]));
  return fields.map((field) => {
    const usedWhen = found.get(field.name) ?? [];
    return usedWhen.length === 0 || isTooDeep(field.name, found) ? field : { ...field, usedWhen };
  });
}

function findConditions({ name, required, description = "" }: Field, fields: Field[]): Condition[] {
  // The prompt and required inputs are never hidden.
  if (required || name === "prompt") return [];
  const others = fields.filter((other) => other.name !== name && other.name !== "prompt");
  const clauses = description.slice(0, MAX_LENGTH).split(/[;()\n]|\.(?=\s|$)/);
  return clauses.flatMap((clause) => readClause(clause, others) ?? []).slice(0, MAX_CONDITIONS);
}

/**
 * Returns the condition in a clause such as "only used when <name> is <value>" or "ignored if <name> is given". Returns null for
 * any other clause.
 */
function readClause(clause: string, fields: Field[]): Condition | null {
  const match = ONLY.exec(clause) ?? IGNORED.exec(clause) ?? USED.exec(clause);
  if (!match) return null;
  const words = clause.slice(match.index + match[0].length).replace(/^(?:the|an?) /i, "");
  const found = findTarget(words, fields);
  const condition = found && readState(found.rest, found.target, IGNORED.test(match[0]));
  // After "only for" and after "used if", the condition must contain a value. "Only for video" may be about the output, and not
  // about an input `video`. "Used if an image is given" does not say that the input has no effect without an image.
  const needsValue = match[1]?.toLowerCase() === "for" || !(ONLY.test(match[0]) || IGNORED.test(match[0]));
  return condition && (condition.values || !needsValue) ? condition : null;
}

/**
 * Finds the input whose name is at the start of the text. Returns the field of this input, and the rest of the text. If several
 * names match, uses the longest one. Returns null if none matches.
 */
function findTarget(text: string, fields: Field[]) {
  const words = text.replace(/^["'`“‘]/, "");
  const isNext = ({ name }: Field) =>
    words.slice(0, name.length).replaceAll(" ", "_").toLowerCase() === name.toLowerCase() &&
    !/^[\w-]/.test(words.slice(name.length));
  const [target] = fields.filter(isNext).toSorted((a, b) => b.name.length - a.name.length);
  return target ? { target, rest: words.slice(target.name.length).replace(/^["'`”’]/, "") } : null;
}

/**
 * Reads the condition in the words after the name of the field `target`, such as "is set to custom". `isNegated`: the words
 * before the name were "ignored if" or similar. Returns null if there is no condition.
 */
function readState(text: string, target: Field, isNegated: boolean): Condition | null {
  if (END.test(text)) return given(target, isNegated);
  const state = STATE.exec(text);
  if (state && END.test(text.slice(state[0].length))) {
    const isGiven = (state[2] !== undefined) !== (state[1] !== undefined);
    const condition = given(target, isGiven === isNegated);
    if (condition) return condition;
  }
  const [equals, differs, isNot] = EQUALS.exec(text) ?? [];
  const values = equals === undefined ? null : readValues(text.slice(equals.length), target);
  if (!values) return null;
  const isOpposite = (differs !== undefined || isNot !== undefined) !== isNegated;
  return { field: target.name, values, ...(isOpposite && { isNot: true }) };
}

/** Reads one value of the field `target`, or several with "or" between them. Returns null if the text contains anything else. */
function readValues(text: string, target: Field): (string | number | boolean)[] | null {
  const [all, ...groups] = VALUE.exec(text) ?? [];
  const word = groups.find((group) => group !== undefined);
  const value = word === undefined ? null : valueOf(word, target);
  if (all === undefined || value === null) return null;
  const rest = text.slice(all.length);
  if (END.test(rest)) return [value];
  const others = rest.startsWith(" or ") ? readValues(rest.slice(4), target) : null;
  return others && [value, ...others];
}

/**
 * Returns the condition that a field has a value or, with `isNot`, that it has none. Returns null if it is not clear what "given"
 * means for this field. For example, a number always has a value.
 */
function given({ name, kind }: Field, isNot: boolean): Condition | null {
  const opposite = isNot && { isNot: true as const };
  if (kind === "boolean") return { field: name, values: [true], ...opposite };
  const canBeEmpty = ["file", "files", "text", "longtext", "texts", "secret"].includes(kind);
  return canBeEmpty ? { field: name, ...opposite } : null;
}

/**
 * Converts a word of a description to a value of this field. For example, for a checkbox, "on" becomes true. Returns null if the
 * field has no such value.
 */
function valueOf(word: string, { kind, options }: Field): string | number | boolean | null {
  if (kind === "boolean")
    return /^(true|on|enabled|yes)$/i.test(word) ? true : /^(false|off|disabled|no)$/i.test(word) ? false : null;
  if (kind === "select") return options?.find((option) => String(option).toLowerCase() === word.toLowerCase()) ?? null;
  if (kind === "integer" || kind === "number") return Number.isFinite(Number(word)) ? Number(word) : null;
  return null;
}

/**
 * Whether an input is at the start of a chain of conditions that has more than `MAX_DEPTH` steps. A circle is such a chain too.
 */
function isTooDeep(name: string, found: ReadonlyMap<string, Condition[]>, depth = 0): boolean {
  return depth > MAX_DEPTH || (found.get(name) ?? []).some(({ field }) => isTooDeep(field, found, depth + 1));
}
