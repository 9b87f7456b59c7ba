/** The composer's and the feed's places, in their final size. */
export default function Loading() {
  return (
    <div
      role="status"
      aria-label="Loading"
      className="md:grid md:grid-cols-[21rem_minmax(0,1fr)] xl:grid-cols-[24rem_minmax(0,1fr)]"
    >
      <div className="flex flex-col gap-5 p-4 md:h-dvh md:border-r">
        <div className="h-10 animate-safelight rounded bg-raised" />
        <div className="h-24 animate-safelight rounded bg-raised" />
        <div className="h-28 animate-safelight rounded bg-raised" />
      </div>
      <div className="p-4 md:p-8">
        <div className="aspect-square w-full max-w-lg animate-safelight rounded bg-raised" />
      </div>
    </div>
  );
}
