import { Mark } from "@/components/shell/wordmark";

/** A model's image of itself; the house's mark where it has none. */
export function Cover({ url, className }: { url: string | null; className: string }) {
  return (
    <div className={`relative grid place-items-center overflow-hidden bg-raised ${className}`}>
      <Mark className="size-8 text-edge opacity-50" />
      {url ? (
        <img src={url} alt="" loading="lazy" decoding="async" className="absolute inset-0 size-full object-cover" />
      ) : null}
    </div>
  );
}
