/** A horizontal bar. `share` is its filled part, from 0 to 1. */
export function Bar({ share, className }: { share: number; className: string }) {
  return (
    <svg aria-hidden viewBox="0 0 100 4" preserveAspectRatio="none" className={`h-1 w-full ${className}`}>
      <rect width={100} height={4} className="fill-raised" />
      <rect width={share * 100} height={4} />
    </svg>
  );
}
