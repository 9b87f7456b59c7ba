import { descriptionOf, type Property } from "./schema-properties";

/**
 * A regular expression for one address of a LoRA or of weights. An address is a URL, or a name with at least one slash or colon,
 * such as `owner/name`, `huggingface.co/owner/name`, `owner/name:version` or `civitai:1@2`. The expression is also used in an
 * HTML attribute `pattern`, where `-` and `/` must be escaped. It must not match a text in several ways. Otherwise the check of a
 * long list could take minutes, because JavaScript would try all ways.
 */
const ADDRESS = "(?:https?:\\/\\/[^\\s,]+|(?!https?:)[\\w.\\-]+[\\/:][\\w.@:\\/\\-]+)";

/** A regular expression for one address, or for several that are separated by commas. Spaces around them are allowed. */
export const ADDRESSES = `\\s*${ADDRESS}(?:\\s*,\\s*${ADDRESS})*\\s*`;

/** What an address looks like, for error messages and hints. */
export const ADDRESS_EXAMPLES = "https://huggingface.co/owner/name, https://replicate.com/owner/name or owner/name";

const NAME = /lora|^replicate_weights$/i;
/** Words in the names of inputs that are about a LoRA, but are not its address. For example, `lora_trigger_word`. */
const NO_ADDRESS =
  /(^|_)(names?|triggers?|words?|prompts?|types?|scales?|strengths?|rank|tokens?|captions?|config|json|method|mode|format|key)(_|$)/i;

/**
 * Whether a text input must be the address of a LoRA. If the input is a list of texts, `schema` is the schema of one text. If the
 * default of an input is not an address, the input may have any text.
 */
export function isAddress({ name, schema }: Property): boolean {
  const { type, enum: options, format, default: fallback } = schema;
  if (type !== "string" || options !== undefined || format !== undefined) return false;
  if (!NAME.test(name) || NO_ADDRESS.test(name) || /json/i.test(descriptionOf(schema))) return false;
  return typeof fallback !== "string" || fallback.trim() === "" || new RegExp(`^${ADDRESSES}$`).test(fallback);
}
