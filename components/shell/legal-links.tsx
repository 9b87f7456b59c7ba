import { readContent } from "@/lib/content";

const pages = [
  { name: "terms", label: "Terms" },
  { name: "privacy", label: "Privacy" },
] as const;

/** Links to the terms and to the privacy page, if the operator has written them. Rendered on the server. */
export async function LegalLinks() {
  const texts = await Promise.all(pages.map(({ name }) => readContent(name)));
  const written = pages.filter((_, index) => texts[index] !== null);
  if (written.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-x-5 text-[13px] text-muted">
      {written.map(({ name, label }) => (
        <li key={name}>
          {/* This link loads a full page. On the page of a shared file, client-side navigation would keep that page's security
          policy, which blocks images from Replicate. */}
          <a
            href={`/${name}`}
            className="inline-flex items-center underline decoration-edge underline-offset-4 hover:text-ink pointer-coarse:min-h-10 pointer-coarse:min-w-10"
          >
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}
