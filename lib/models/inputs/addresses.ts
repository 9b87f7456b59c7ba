import { descriptionOf, type Property } from "./schema-properties";

/**
 * A regular expression for one address of a LoRA or of weights: a URL, or a name with at least one slash or colon, such as
 * `owner/name`, `huggingface.co/owner/name`, `owner/name:version` or `civitai:1@2`. The expression is also used as an HTML
 * `pattern`, in which `-` and `/` must be escaped. Each text can match it in only one way: otherwise, the check of a long list
 * could take minutes.
 */
const ADDRESS = "(?:https?:\\/\\/[^\\s,]+|(?!https?:)[\\w.\\-]+[\\/:][\\w.@:\\/\\-]+)";

/** A regular expression for one address, or for several that are separated by commas. Spaces around them are allowed. */
export const ADDRESSES = `\\s*${ADDRESS}(?:\\s*,\\s*${ADDRESS})*\\s*`;

/** What an address looks like, for error messages and hints. */
export const ADDRESS_EXAMPLES = "https://huggingface.co/owner/name, https://replicate.com/owner/name or owner/name";

const NAME = /lora|^replicate_weights$/i;
/**
 * If the name of an input contains one of these words, the input is not the address of a LoRA, but something else about the LoRA,
 * such as its trigger word.
 */
const NO_ADDRESS =
  /(^|_)(names?|triggers?|words?|prompts?|types?|scales?|strengths?|rank|tokens?|captions?|config|json|method|mode|format|key)(_|$)/i;

/**
 * Whether a text input must be the address of a LoRA. For a list of texts, `schema` is the schema of an entry. Returns false if
 * the default of the input is not an address.
 */
export function isAddress({ name, schema }: Property): boolean {
  const { type, enum: options, format, default: fallback } = schema;
  if (type !== "string" || options !== undefined || format !== undefined) return false;
  if (!NAME.test(name) || NO_ADDRESS.test(name) || /json/i.test(descriptionOf(schema))) return false;
  return typeof fallback !== "string" || fallback.trim() === "" || new RegExp(`^${ADDRESSES}$`).test(fallback);
}
