import { Markdown } from "@/components/media/markdown";

type ReadmeProps = { model: string; text: string };

/** The README that the author of a model has written. */
export function Readme({ model, text }: ReadmeProps) {
  return (
    <section aria-labelledby="readme" className="min-w-0">
      <h2 id="readme" className="text-base font-medium">
        About this model
      </h2>
      <p className="mt-1 text-[13px] text-muted">
        Written by the author of the model. Images and some formatting are left out:{" "}
        <a
          href={`https://replicate.com/${model}/readme`}
          target="_blank"
          rel="nofollow noreferrer"
          className="underline underline-offset-4 hover:text-ink"
        >
          the whole text is on Replicate
        </a>
        .
      </p>
      <div className="mt-4">
        <Markdown text={text} />
      </div>
    </section>
  );
}
