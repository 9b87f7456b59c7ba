import { LocalTime } from "@/components/ui/local-time";
import type { Usage } from "@/lib/predictions/schema";
import { many } from "@/components/ui/format";

/** What is left of today. */
export function Today({ usage: { images, in_flight: running, resets_at } }: { usage: Usage }) {
  return (
    <div className="min-w-0 p-5">
      <h2 className="text-[13px] text-muted">Left today</h2>
      <p className="mt-1 text-lg font-medium">{many(images.left, "image")}</p>
      <svg aria-hidden viewBox="0 0 100 4" preserveAspectRatio="none" className="mt-4 h-1 w-full">
        <rect width={100} height={4} className="fill-raised" />
        <rect
          width={images.limit > 0 ? (Math.min(images.left, images.limit) / images.limit) * 100 : 0}
          height={4}
          className="fill-ink"
        />
      </svg>
      <p className="mt-3 text-[13px] text-pretty text-muted">
        {images.used} of {images.limit} used. It begins anew at <LocalTime iso={resets_at} />.
      </p>
      <p className="mt-1 text-[13px] text-muted">
        {running.used} of {running.limit} running now.
      </p>
    </div>
  );
}
