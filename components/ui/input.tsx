import type { ComponentProps, KeyboardEvent } from "react";
import { ChevronDown } from "lucide-react";

// The font size is 16 px on touch screens, because iOS zooms in when an input with smaller text gets the focus.
const control =
  "w-full min-w-0 rounded border border-edge bg-surface text-ink transition-colors hover:border-edge focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 disabled:opacity-50 aria-invalid:border-danger text-sm pointer-coarse:text-base";

export function Input({ className = "", ...props }: ComponentProps<"input">) {
  return <input className={`${control} h-10 px-3 ${className}`} {...props} />;
}

export function Textarea({ className = "", ...props }: ComponentProps<"textarea">) {
  return <textarea className={`${control} block min-h-24 resize-y px-3 py-2.5 ${className}`} {...props} />;
}

export function Select({ className = "", ...props }: ComponentProps<"select">) {
  return (
    <span className="relative block min-w-0">
      <select className={`${control} h-10 appearance-none truncate pr-9 pl-3 ${className}`} {...props} />
      <ChevronDown aria-hidden className="pointer-events-none absolute top-3 right-3 size-4 text-muted" />
    </span>
  );
}

export function Slider({ className = "", ...props }: Omit<ComponentProps<"input">, "type">) {
  return <input type="range" className={`slider w-full min-w-0 ${className}`} {...props} />;
}

/**
 * The classes of an input whose label shows everything that the user must see. The input is invisible but as large as the label,
 * so that screen readers on touch screens find it.
 */
export const invisibleInputClass = "absolute inset-0 size-full cursor-pointer opacity-0";

/**
 * Whether an input method editor handles this key press. Users need such an editor to write Chinese, Japanese and Korean. In the
 * editor, Enter only ends a word, and must not send the form. In Safari, the event that ends the word has `isComposing: false`,
 * but the key code 229.
 */
export function isComposing({ nativeEvent }: KeyboardEvent) {
  // oxlint-disable-next-line typescript/no-deprecated
  return nativeEvent.isComposing || nativeEvent.keyCode === 229;
}
