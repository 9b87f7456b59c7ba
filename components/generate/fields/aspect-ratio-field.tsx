import { unseenClass } from "@/components/ui/input";
import type { Shape } from "./aspect-ratios";

const longest = 22;

/** The aspect ratio as little shapes: radio buttons, so that arrow keys and a form without script work. */
export function AspectRatioField({ shapes, value }: { shapes: Shape[]; value: string | undefined }) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="contents text-[13px] font-medium">Shape</legend>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(44px,1fr))] gap-1">
        {shapes.map((shape) => (
          <label
            key={shape.value}
            title={isWords(shape) ? undefined : shape.value.replace("x", " × ")}
            // "match input image" takes the room of three.
            className={`${isWords(shape) ? "col-span-3 " : ""}relative flex cursor-pointer flex-col items-center gap-1 rounded-sm border border-transparent py-1.5 text-muted hover:text-ink has-checked:border-edge has-checked:bg-raised has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent`}
          >
            <input
              type="radio"
              name="shape"
              value={shape.value}
              defaultChecked={shape.value === value}
              className={unseenClass}
            />
            <span aria-hidden className="grid h-6 place-items-center">
              <span
                className={`rounded-[3px] border-[1.5px] border-current ${isWords(shape) ? "border-dashed" : ""}`}
                style={outlineOf(shape.ratio)}
              />
            </span>
            <span className="font-mono text-[11px] tabular-nums">{shape.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A shape that depends on something else. */
function isWords({ label }: Shape) {
  return !label.includes(":");
}

function outlineOf(ratio: number) {
  return { width: Math.min(longest, longest * ratio), height: Math.min(longest, longest / ratio) };
}
