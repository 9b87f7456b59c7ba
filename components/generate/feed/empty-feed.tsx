type EmptyFeedProps = { prompts: string[]; onChoose: (prompt: string) => void };

/** A feed with nothing in it yet: prompts to begin with. */
export function EmptyFeed({ prompts, onChoose }: EmptyFeedProps) {
  return (
    <div className="mx-auto max-w-2xl py-6 md:py-16">
      <h2 className="text-lg font-medium">Nothing developed yet</h2>
      <p className="mt-1 text-sm text-muted">Describe an image, or begin with one of these.</p>
      <ul className="mt-6 grid gap-2 sm:grid-cols-2">
        {prompts.map((prompt) => (
          <li key={prompt}>
            <button
              type="button"
              onClick={() => onChoose(prompt)}
              className="h-full w-full rounded border bg-surface p-4 text-left text-sm text-pretty transition-colors hover:border-edge hover:bg-raised"
            >
              {prompt}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
