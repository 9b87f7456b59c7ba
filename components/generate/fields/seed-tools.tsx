"use client";

// Loaded after the page: see seed-field.tsx.

import type { RefObject } from "react";
import { Dices, X } from "lucide-react";
import { IconButton } from "@/components/ui/button";
import type { Field } from "@/lib/models/inputs/fields";
import { typeInto } from "./form-values";

/** Seeds are signed 32-bit numbers in most models. */
const seedLimit = 2 ** 31 - 1;

type SeedToolsProps = { field: Field; input: RefObject<HTMLInputElement | null> };

/** The buttons in a seed field: clear it, and fill in a random seed. */
export function SeedTools({ field, input }: SeedToolsProps) {
  return (
    <div className="absolute inset-y-0 right-0.5 flex items-center">
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
  );
}

/** A random seed within the field's own bounds. It is not negative, because a negative seed often stands for "random". */
export function randomSeed({ min = 0, max = seedLimit }: Pick<Field, "min" | "max">) {
  const highest = Math.min(max, Math.max(seedLimit, min));
  const lowest = Math.min(highest, Math.max(0, min));
  return lowest + Math.floor(Math.random() * (highest - lowest + 1));
}
