import type { ComponentProps } from "react";
import { Search } from "lucide-react";
import { IconButton } from "./button";
import { Input } from "./input";

type SearchInputProps = ComponentProps<"input"> & { label: string; isPending?: boolean };

/** An input for search words, which the form sends as `q`, and a button. The form around them must have `position: relative`. */
export function SearchInput({ label, isPending = false, ...input }: SearchInputProps) {
  return (
    <>
      <Input type="search" name="q" aria-label={label} placeholder={label} className="pr-11" {...input} />
      <IconButton
        type="submit"
        label="Search"
        Icon={Search}
        className={`absolute top-0.5 right-0.5 pointer-coarse:top-0 ${isPending ? "animate-safelight" : ""}`}
      />
    </>
  );
}
