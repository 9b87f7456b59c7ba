const keys = [
  { name: "NEXT_PUBLIC_SUPABASE_URL", words: "and its two keys: accounts, data and storage in your own project" },
  { name: "REPLICATE_API_TOKEN", words: "images from real models instead of drawn ones" },
  { name: "APP_URL", words: "with a webhook secret: Replicate calls back the moment a model is done" },
];

/** How to run your own copy: the two commands, and which keys switch on which real service. */
export function Setup() {
  return (
    <section id="keys" className="grid scroll-mt-8 gap-10 py-16 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] lg:gap-16">
      <div>
        <h2 className="text-2xl font-medium tracking-tight">Starts without a single key</h2>
        <p className="mt-3 max-w-[46ch] text-pretty text-muted">
          One command runs the whole studio on your machine, with local stand-ins for Replicate and Supabase. Put keys
          into <code className="font-mono text-[13px] text-ink">.env.local</code> and the same command uses the real
          ones.
        </p>
      </div>
      <div>
        <pre className="overflow-x-auto rounded border bg-surface px-5 py-4 font-mono text-[13px] leading-7">
          <code>
            <span className="text-muted select-none">$ </span>npm ci
            {"\n"}
            <span className="text-muted select-none">$ </span>npm run dev
          </code>
        </pre>
        <dl className="mt-6 divide-y border-y">
          {keys.map(({ name, words }) => (
            <div key={name} className="grid gap-x-6 gap-y-1 py-3.5 sm:grid-cols-[240px_1fr]">
              <dt className="font-mono text-[13px]">{name}</dt>
              <dd className="text-[13px] text-pretty text-muted">{words}</dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}
