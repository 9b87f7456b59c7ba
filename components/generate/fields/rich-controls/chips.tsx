import { type ClipboardEvent, type KeyboardEvent, type RefObject, useState } from "react";
import { X } from "lucide-react";
import { isComposing } from "@/components/ui/input";
import { fieldProps } from "@/components/ui/field";
import { announce } from "@/components/ui/live-region";
import type { Field } from "@/lib/models/inputs/fields";
import { controlName } from "@/components/generate/fields/form-values";
import { linesOf } from "@/components/generate/fields/read-form";

/** `ref`: the visible input on which the browser shows the error of the list: the text input, or the first checkbox. */
export type EntriesProps = {
  ref: RefObject<HTMLInputElement | null>;
  field: Field;
  error?: string;
  entries: string[];
  onChange: (entries: string[]) => void;
};

/**
 * The entries of a list as chips. Enter, a comma or leaving the input adds the typed text as an entry. If entries may contain
 * commas, a comma does not end an entry. Pasting several lines adds an entry for each line. Backspace in the empty input removes
 * the last entry.
 */
export function Chips({ ref, field, error, entries, onChange }: EntriesProps) {
  const [typed, setTyped] = useState("");
  const split = (text: string) => linesOf(field.hasCommas ? text : text.replaceAll(",", "\n"));

  function add(more: string[]) {
    setTyped("");
    if (more.length === 0) return;
    onChange([...entries, ...more]);
    announce(`${more.join(", ")} added`);
  }

  function remove(index: number) {
    onChange(entries.toSpliced(index, 1));
    announce(`${entries[index]} removed`);
    ref.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (isComposing(event)) return;
    if (event.key === "Backspace" && !typed && entries.length > 0) remove(entries.length - 1);
    if (event.key !== "Enter") return;
    add(split(typed));
    // Enter with Ctrl or Cmd also submits the form, so its default action is not prevented.
    if (!event.ctrlKey && !event.metaKey) event.preventDefault();
  }

  function onPaste(event: ClipboardEvent) {
    const pasted = event.clipboardData.getData("text").replaceAll("\r", "\n");
    if (!pasted.trim().includes("\n")) return;
    // Without this, the browser would join the pasted lines into one.
    event.preventDefault();
    add(linesOf(`${typed}\n${pasted}`));
  }

  return (
    <div
      data-required={field.required || undefined}
      className="flex min-h-10 flex-wrap items-center gap-1.5 rounded border border-edge bg-surface p-1.5 has-aria-invalid:border-danger has-focus-visible:border-accent"
    >
      {entries.length > 0 ? (
        <ul aria-label={`${field.label}: entries`} className="contents">
          {entries.map((entry, index) => (
            // The index is the key, because entries may be equal. This is safe, because a chip has no state.
            <li key={index} className="flex max-w-full items-center rounded-sm bg-raised pl-2 text-[13px]">
              <bdi className="truncate">{entry}</bdi>
              <button
                type="button"
                aria-label={`Remove ${entry}`}
                onClick={() => remove(index)}
                className="grid size-7 shrink-0 place-items-center text-muted hover:text-ink pointer-coarse:size-10"
              >
                <X aria-hidden className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <input
        {...fieldProps(controlName(field), { hint: field.description, error })}
        ref={ref}
        inputMode={field.kind === "numbers" ? "decimal" : undefined}
        value={typed}
        dir="auto"
        placeholder={entries.length > 0 ? "Add another" : "Type, then press Enter"}
        onChange={({ currentTarget, nativeEvent }) => {
          // The text is searched for a comma, because keyboards on phones do not report which key was pressed.
          const isPart = "isComposing" in nativeEvent && nativeEvent.isComposing;
          if (!isPart && !field.hasCommas && currentTarget.value.includes(",")) add(split(currentTarget.value));
          else setTyped(currentTarget.value);
        }}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={() => add(split(typed))}
        className="min-w-24 flex-1 bg-transparent px-1.5 text-sm outline-none pointer-coarse:text-base"
      />
    </div>
  );
}
