"use client";

// This file is loaded after the page (see seed-field.tsx).

import { type ChangeEvent, type RefObject, useState } from "react";
import { Dices, X } from "lucide-react";
import { IconButton } from "@/components/ui/button";
import { readStored, writeStored } from "@/components/ui/local-storage";
import type { Field } from "@/lib/models/inputs/fields";
import { typeInto } from "./form-values";

/** The highest random seed. In most models, a seed is a signed 32-bit number. */
const seedLimit = 2 ** 31 - 1;

const choiceKey = "reuse";

type SeedToolsProps = { field: Field; input: RefObject<HTMLInputElement | null> };

/**
 * The buttons in a seed field: one clears the field, and one fills in a random seed. While the field has a seed, there is a
 * checkbox below it. If the checkbox is checked, the server may return the result of an earlier, equal request. The state of the
 * checkbox is saved in the browser.
 */
export function SeedTools({ field, input }: SeedToolsProps) {
  const [isReused, setReused] = useState(() => readStored(choiceKey) === "on");

  function chooseReuse({ currentTarget: { checked } }: ChangeEvent<HTMLInputElement>) {
    setReused(checked);
    writeStored(choiceKey, checked ? "on" : "off");
  }

  return (
    <>
      <div className="absolute top-0 right-0.5 flex h-10 items-center">
        <IconButton
          label="Clear seed"
          Icon={X}
          className="group-has-placeholder-shown:hidden"
          onClick={() => typeInto(input.current, "")}
        />
        <IconButton
          label="Fill in a random seed"
          Icon={Dices}
          onClick={() => typeInto(input.current, String(randomSeed(field)))}
        />
      </div>
      <label className="flex min-h-9 items-center gap-2 text-[13px] group-has-placeholder-shown:hidden pointer-coarse:min-h-10">
        <input
          type="checkbox"
          name="reuse"
          checked={isReused}
          onChange={chooseReuse}
          className="size-4 accent-accent"
        />
        Reuse an earlier result with the same settings
      </label>
    </>
  );
}

/** Returns a random seed between the bounds of the field. It is not negative, because a negative seed often means "random". */
export function randomSeed({ min = 0, max = seedLimit }: Pick<Field, "min" | "max">) {
  const highest = Math.min(max, Math.max(seedLimit, min));
  const lowest = Math.min(highest, Math.max(0, min));
  return lowest + Math.floor(Math.random() * (highest - lowest + 1));
}
