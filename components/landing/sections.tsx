import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";
import { productName } from "@/lib/config";

export function Hero() {
  return (
    <section className="grid items-center gap-12 py-10 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] lg:gap-16 lg:py-16">
      <div>
        <h1 className="text-[40px] leading-[1.05] font-medium tracking-[-0.035em] md:text-[60px]">
          <span className="block">Images</span> <span className="block">from prompts,</span>{" "}
          <span className="block">saved for good</span>
        </h1>
        <p className="mt-6 max-w-[46ch] text-base text-pretty text-muted md:text-[17px]">
          {productName} runs models on Replicate and saves every image in your own Supabase project. It is a studio in
          the browser, and a starting point for your own app: you can read its core in an hour.
        </p>
        <div className="mt-9 flex flex-wrap gap-3">
          <Link href="/dashboard/generate" className={`${buttonClass({ variant: "primary" })} h-12 px-6`}>
            Open the studio
          </Link>
          <a href="#keys" className={`${buttonClass()} h-12 px-6`}>
            Run your own copy
          </a>
        </div>
      </div>
      <img
        src="/landing.svg"
        alt="A grid of twelve small gray images; one is in color and has a red circle"
        width={627}
        height={473}
        className="w-full"
      />
    </section>
  );
}

const promises = [
  {
    title: "Nothing is lost",
    text: "Every finished image is copied into your own storage, even when the tab is closed.",
  },
  {
    title: "Any model on Replicate",
    text: "Each model has a form with its own settings. They are checked before a run and saved with the result.",
  },
  {
    title: "Private by default",
    text: "Only you can see an image, until you share it. The database and the storage both check this.",
  },
];

export function Promises() {
  return (
    <ul className="grid border-y md:grid-cols-3 md:divide-x">
      {promises.map(({ title, text }) => (
        <li key={title} className="border-t py-8 first:border-t-0 md:border-t-0 md:px-8 md:first:pl-0 md:last:pr-0">
          <h2 className="text-[15px] font-medium">{title}</h2>
          <p className="mt-2 max-w-[44ch] text-pretty text-muted">{text}</p>
        </li>
      ))}
    </ul>
  );
}

const keys = [
  {
    name: "NEXT_PUBLIC_SUPABASE_URL",
    text: "Accounts, data and storage in your own Supabase project. Also set NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY and SUPABASE_SECRET_KEY.",
  },
  { name: "REPLICATE_API_TOKEN", text: "Images from real models, instead of the sandbox's simple drawings." },
  {
    name: "APP_URL",
    text: "Replicate calls your site as soon as a model has finished. Also set REPLICATE_WEBHOOK_SIGNING_SECRET.",
  },
];

export function Setup() {
  return (
    <section id="keys" className="grid scroll-mt-8 gap-10 py-16 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] lg:gap-16">
      <div>
        <h2 className="text-2xl font-medium tracking-tight">Runs without any keys</h2>
        <p className="mt-3 max-w-[46ch] text-pretty text-muted">
          Two commands run the whole studio on your machine. A local sandbox takes the place of Replicate and Supabase.
          Put your keys into <code className="font-mono text-[13px] text-ink">.env.local</code>, and the same commands
          use the real services.
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
          {keys.map(({ name, text }) => (
            <div key={name} className="grid gap-x-6 gap-y-1 py-3.5 sm:grid-cols-[240px_1fr]">
              <dt className="font-mono text-[13px]">{name}</dt>
              <dd className="text-[13px] text-pretty wrap-anywhere text-muted">{text}</dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}
