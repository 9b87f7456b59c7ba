import { withArticle } from "@/lib/media/kinds";
import { nounOfInput } from "@/lib/models/inputs/file-noun";
import type { Field } from "@/lib/models/inputs/fields";

/** The inputs of a model, in the model's own order. */
export function ModelInputs({ fields }: { fields: Field[] }) {
  return (
    <section aria-labelledby="inputs" className="min-w-0">
      <h2 id="inputs" className="text-base font-medium">
        Inputs
      </h2>
      {fields.length === 0 ? <p className="mt-3 text-muted">This version does not list its inputs.</p> : null}
      <dl className="mt-3 divide-y">
        {fields.map((field) => (
          <div key={field.name} className="py-4">
            <dt className="flex flex-wrap items-baseline gap-x-3">
              <span className="font-mono text-[13px] break-all">{field.name}</span>
              <span className="text-[12px] text-muted">
                {kindInWords(field)}
                {field.required ? ", required" : ""}
              </span>
            </dt>
            {field.description ? (
              <dd className="mt-1 max-w-prose text-[13px] text-pretty break-words text-muted">{field.description}</dd>
            ) : null}
            {rangeOf(field) ? (
              <dd className="mt-1 font-mono text-[12px] break-words text-muted">{rangeOf(field)}</dd>
            ) : null}
          </div>
        ))}
      </dl>
    </section>
  );
}

function kindInWords({ kind, takes }: Field) {
  if (kind === "file") return withArticle(nounOfInput(takes));
  return kind === "files" ? `${nounOfInput(takes)}s` : kinds[kind];
}

const kinds: Record<Exclude<Field["kind"], "file" | "files">, string> = {
  text: "text",
  longtext: "text",
  integer: "whole number",
  number: "number",
  boolean: "yes or no",
  select: "choice",
  seed: "whole number",
  secret: "secret text, not saved",
  texts: "list of texts",
  numbers: "list of numbers",
  choices: "list of choices",
  json: "structured data (JSON)",
};

/** The text with the range, choices and default of an input is cut off after this number of characters. */
const maxLength = 360;

function rangeOf({ min, max, options, default: fallback }: Field) {
  const bounds = min === undefined && max === undefined ? null : `${min ?? "…"} to ${max ?? "…"}`;
  const choices = options ? options.join(", ") : null;
  const shown = typeof fallback === "boolean" ? (fallback ? "yes" : "no") : String(fallback ?? "");
  const start = shown ? `default ${shown}` : null;
  const text = [bounds, choices, start].filter((part) => part !== null).join(" · ");
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}
