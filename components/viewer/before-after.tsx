import { type PointerEvent, type TouchEvent, useState } from "react";
import { ChevronsLeftRight } from "lucide-react";
import { altOf } from "@/components/media/describe";
import type { MediaItem } from "@/components/media/media-item";

/** Two images on top of each other. The user moves the border between them with the pointer or with the arrow keys. */
export function BeforeAfter({ before, after }: { before: MediaItem; after: MediaItem }) {
  const [share, setShare] = useState(50);
  const ratio = after.width && after.height ? after.width / after.height : 1;
  const sides = [
    { name: "Before", item: before, hidden: `${100 - share}% 0 0`, corner: "left-2" },
    { name: "After", item: after, hidden: `0 0 ${share}%`, corner: "right-2" },
  ];

  function follow({ currentTarget, clientX, buttons }: PointerEvent<HTMLDivElement>) {
    if (buttons !== 1) return;
    const { left, width } = currentTarget.getBoundingClientRect();
    setShare(Math.round(Math.min(1, Math.max(0, (clientX - left) / width)) * 100));
  }

  return (
    <div className="grid size-full place-items-center [container-type:size]">
      <div
        className="relative cursor-ew-resize touch-pan-y overflow-hidden rounded-sm bg-raised select-none"
        style={{ aspectRatio: ratio, width: `min(100cqw, 100cqh * ${ratio})` }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          follow(event);
        }}
        onPointerMove={follow}
        // Without this, the viewer would treat the touch as a swipe to the next image.
        onTouchStart={(event: TouchEvent) => event.stopPropagation()}
      >
        {sides.map(({ name, item, hidden }) => (
          <img
            key={name}
            src={item.src}
            alt={`${name}: ${altOf(item)}`}
            draggable={false}
            className="absolute inset-0 size-full object-contain"
            style={{ clipPath: `inset(0 ${hidden})` }}
          />
        ))}
        <input
          type="range"
          min={0}
          max={100}
          value={share}
          aria-label="Before and after"
          aria-valuetext={`${share} % before, ${100 - share} % after`}
          onChange={(event) => setShare(event.currentTarget.valueAsNumber)}
          className="peer pointer-events-none absolute inset-0 size-full opacity-0"
        />
        <span
          aria-hidden
          className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-ink shadow-float peer-focus-visible:bg-accent"
          style={{ left: `${share}%` }}
        />
        <span
          aria-hidden
          className="absolute top-1/2 grid size-10 -translate-1/2 place-items-center rounded-full bg-ink text-ground shadow-float outline-offset-2 outline-accent peer-focus-visible:outline-2"
          style={{ left: `${share}%` }}
        >
          <ChevronsLeftRight className="size-5" />
        </span>
        {sides.map(({ name, corner }) => (
          <span
            key={name}
            aria-hidden
            className={`absolute top-2 rounded-sm bg-ground px-2 py-1 text-[12px] text-ink ${corner}`}
          >
            {name}
          </span>
        ))}
      </div>
    </div>
  );
}
