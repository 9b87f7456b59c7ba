/** Rows of empty frames where the pictures will be. */
const ratios = [1, 1.5, 0.67, 1.33, 1, 0.75, 1.5, 1, 1.78, 0.67, 1, 1.33];

export default function Loading() {
  return (
    <div role="status" aria-label="Loading" className="px-4 py-8 md:px-10 md:py-12">
      <div className="h-8 w-32 animate-safelight rounded bg-raised" />
      <div className="mt-8 flex flex-wrap gap-1.5 [--row:9rem] sm:[--row:15rem]">
        {ratios.map((ratio, index) => (
          <div
            key={index}
            className="animate-safelight rounded-sm bg-raised"
            style={{ aspectRatio: ratio, flexGrow: ratio, flexBasis: `calc(var(--row) * ${ratio})` }}
          />
        ))}
      </div>
    </div>
  );
}
