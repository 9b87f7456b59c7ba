import { invisibleInputClass } from "@/components/ui/input";
import type { AspectRatio } from "./aspect-ratios";

const longestSide = 22;

/** The choice of an aspect ratio: radio buttons with small outlines. They support arrow keys and work without JavaScript. */
export function AspectRatioField({ ratios, value }: { ratios: AspectRatio[]; value: string | undefined }) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="contents text-[13px] font-medium">Aspect ratio</legend>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(44px,1fr))] gap-1">
        {ratios.map((choice) => (
          <label
            key={choice.value}
            title={hasNumbers(choice) ? choice.value.replace("x", " × ") : undefined}
            // A label without numbers, such as "match input image", is three columns wide.
            className={`${hasNumbers(choice) ? "" : "col-span-3 "}relative flex cursor-pointer flex-col items-center gap-1 rounded-sm border border-transparent py-1.5 text-muted hover:text-ink has-checked:border-edge has-checked:bg-raised has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent`}
          >
            <input
              type="radio"
              name="aspect_ratio"
              value={choice.value}
              defaultChecked={choice.value === value}
              className={invisibleInputClass}
            />
            <span aria-hidden className="grid h-6 place-items-center">
              <span
                className={`rounded-[3px] border-[1.5px] border-current ${hasNumbers(choice) ? "" : "border-dashed"}`}
                style={outlineOf(choice.ratio)}
              />
            </span>
            <span className="font-mono text-[11px] tabular-nums">{choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function hasNumbers({ label }: AspectRatio) {
  return label.includes(":");
}

function outlineOf(ratio: number) {
  return { width: Math.min(longestSide, longestSide * ratio), height: Math.min(longestSide, longestSide / ratio) };
}
