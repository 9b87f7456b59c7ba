import { invisibleInputClass } from "@/components/ui/input";

type CountFieldProps = { name: string; choices: number[]; value: number };

/** The number of images, as a row of radio buttons. */
export function CountField({ name, choices, value }: CountFieldProps) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="contents text-[13px] font-medium">Images</legend>
      <div className="flex h-10 rounded p-0.5 outline-1 -outline-offset-1 outline-edge/60 pointer-coarse:overflow-hidden pointer-coarse:p-0 pointer-coarse:outline-offset-0">
        {choices.map((choice) => (
          <label
            key={choice}
            className="relative grid flex-1 cursor-pointer place-items-center rounded-sm font-mono text-[13px] text-muted tabular-nums hover:text-ink has-checked:bg-raised has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              value={choice}
              defaultChecked={choice === value}
              className={invisibleInputClass}
            />
            {choice}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
