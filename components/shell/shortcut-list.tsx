"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { navigation } from "@/lib/config";

type Shortcut = [keys: string, action: string];

const letters: Shortcut[] = [
  ["/", "Go to the prompt or the search"],
  ...navigation.map(({ key, label }): Shortcut => [key, `Go to ${label}`]),
];
const always: Shortcut[] = [
  ["Ctrl ↵ or ⌘ ↵", "Generate"],
  ["← →", "Show the previous or next file"],
  ["Space", "Play or pause a video or sound"],
  ["Esc", "Close"],
  ["?", "Show this list"],
];

type ShortcutListProps = { areLettersOn: boolean; onSwitch: (isOn: boolean) => void; onClose: () => void };

/** The list of shortcuts, with a switch for single-letter shortcuts. The keys themselves are handled in shortcut-keys.tsx. */
function ShortcutList({ areLettersOn, onSwitch, onClose }: ShortcutListProps) {
  const [isOn, setOn] = useState(areLettersOn);
  return (
    <Dialog open onClose={onClose} label="Keyboard shortcuts">
      <div className="flex flex-col gap-5 p-6">
        <h2 className="text-base font-medium">Keyboard shortcuts</h2>
        <Keys shortcuts={always} />
        <div className={isOn ? "" : "opacity-60"}>
          <Keys shortcuts={letters} />
        </div>
        <div className="flex items-center justify-between gap-4 border-t pt-4">
          <label className="flex min-h-10 cursor-pointer items-center gap-3 text-[13px]">
            <input
              type="checkbox"
              checked={isOn}
              onChange={(event) => {
                setOn(event.currentTarget.checked);
                onSwitch(event.currentTarget.checked);
              }}
              className="size-4 accent-accent"
            />
            Use single-letter shortcuts
          </label>
          <Button onClick={onClose}>Close</Button>
        </div>
      </div>
    </Dialog>
  );
}

function Keys({ shortcuts }: { shortcuts: Shortcut[] }) {
  return (
    <dl className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-1 text-[13px]">
      {shortcuts.map(([key, action]) => (
        <div key={key} className="contents">
          <dt className="text-muted">{action}</dt>
          <dd className="flex min-h-8 items-center justify-end">
            <kbd className="rounded-sm border bg-raised px-2 py-1 font-mono text-[12px]">{key}</kbd>
          </dd>
        </div>
      ))}
    </dl>
  );
}

// oxlint-disable-next-line import/no-default-export -- `lazy` needs it
export default ShortcutList;
