import { useState } from "react";
import { unseenClass } from "@/components/ui/input";
import type { MediaChoice } from "./media-choice";
import { tileClass } from "./upload-tile";

type ChoiceTileProps = {
  choice: MediaChoice;
  /** Undefined: what is chosen is posted elsewhere. */
  name: string | undefined;
  isList: boolean;
  isRequired: boolean;
  /** Which of the chosen ones it is, from 1; 0: it is not chosen. */
  place: number;
  onChange: (isChosen: boolean) => void;
};

/** An image to choose, or none: that has no thumb. Of several, the chosen ones carry their numbers. */
export function ChoiceTile({ choice, name, isList, isRequired, place, onChange }: ChoiceTileProps) {
  const [isMissing, setMissing] = useState(false);
  const { value, thumb, label } = choice;
  return (
    <label className={tileClass}>
      <input
        type={isList ? "checkbox" : "radio"}
        name={name}
        value={value}
        required={isRequired}
        checked={place > 0}
        onChange={(event) => onChange(event.currentTarget.checked)}
        className={unseenClass}
      />
      {isMissing || !thumb ? (
        <>{thumb ? "Missing" : label}</>
      ) : (
        <img
          src={thumb}
          alt={label}
          loading="lazy"
          decoding="async"
          className="size-full object-cover"
          onError={() => setMissing(true)}
        />
      )}
      {isList && place > 0 ? (
        <span className="absolute top-0.5 right-0.5 grid h-5 min-w-5 place-items-center rounded-full bg-accent px-1 font-mono text-[11px] text-accent-ink">
          {place}
        </span>
      ) : null}
    </label>
  );
}
