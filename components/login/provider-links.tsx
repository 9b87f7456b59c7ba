import { buttonClass } from "@/components/ui/button-class";

type ProviderLinksProps = {
  providers: { name: string; label: string }[];
  /** The page to open after the sign-in. */
  next: string;
};

/**
 * Links that start a sign-in at another service. They are plain links, not forms, because our content security policy blocks
 * forms whose response redirects to another site. They are not `Link`s, because `Link` would load the URLs in advance.
 */
export function ProviderLinks({ providers, next }: ProviderLinksProps) {
  if (providers.length === 0) return null;
  return (
    <ul className="mt-8 flex flex-col gap-2.5 border-b pb-8">
      {providers.map(({ name, label }) => (
        <li key={name}>
          <a
            href={`/auth/provider/${encodeURIComponent(name)}?next=${encodeURIComponent(next)}`}
            className={`${buttonClass()} w-full`}
          >
            Continue with {label}
          </a>
        </li>
      ))}
    </ul>
  );
}
