import Link from "next/link";
import { kindOfUrl } from "@/components/media/kind";
import { buttonClass } from "@/components/ui/button-class";
import type { ModelDetails } from "@/lib/models/listing";

/** The example run that the author of a model has chosen. "Try this" opens the form with the settings of the example. */
export function ModelExample({ details }: { details: ModelDetails }) {
  const { model, title, example, fields, isAvailable } = details;
  if (!example) return null;
  const { input, files, text } = example;
  const [prompt] = [input.prompt, input.text, input.lyrics].filter((value) => typeof value === "string" && value);
  // The form cannot use the files and secrets of the example, so they are ignored here.
  const hasSettings = fields.some(({ name, kind }) => name in input && !["file", "files", "secret"].includes(kind));
  if (!prompt && !text && files.length === 0) return null;
  return (
    <section aria-labelledby="example" className="min-w-0">
      <h2 id="example" className="text-base font-medium">
        Example
      </h2>
      {typeof prompt === "string" ? (
        <p className="mt-3 line-clamp-[10] max-w-prose text-[13px] break-words whitespace-pre-wrap text-muted">
          <bdi>{prompt}</bdi>
        </p>
      ) : null}
      {files.length > 0 ? (
        <div className={`mt-4 grid gap-3 ${files.length > 1 ? "grid-cols-2" : "max-w-md"}`}>
          {files.map((url, index) => (
            <ExampleFile key={url} url={url} label={`Example ${index + 1} by ${title}`} />
          ))}
        </div>
      ) : null}
      {text ? (
        <p className="mt-4 max-w-prose rounded border bg-surface p-4 text-[13px] break-words whitespace-pre-wrap">
          <bdi>{text}</bdi>
        </p>
      ) : null}
      {isAvailable && hasSettings ? (
        <Link
          href={{ pathname: "/dashboard/generate", query: { model, example: "1" } }}
          className={`mt-4 ${buttonClass()}`}
        >
          Try this
        </Link>
      ) : null}
    </section>
  );
}

function ExampleFile({ url, label }: { url: string; label: string }) {
  const kind = kindOfUrl(url);
  if (kind === "image") {
    return <img src={url} alt={label} loading="lazy" decoding="async" className="w-full rounded bg-raised" />;
  }
  if (kind === "video") {
    return (
      // The examples have no captions.
      // oxlint-disable-next-line jsx-a11y/media-has-caption
      <video
        src={url}
        aria-label={label}
        controls
        playsInline
        preload="metadata"
        className="w-full rounded bg-raised"
      />
    );
  }
  if (kind === "audio") {
    // oxlint-disable-next-line jsx-a11y/media-has-caption
    return <audio src={url} aria-label={label} controls preload="none" className="w-full" />;
  }
  return (
    <a href={url} target="_blank" rel="nofollow noreferrer" className="text-[13px] underline underline-offset-4">
      {label}
    </a>
  );
}
