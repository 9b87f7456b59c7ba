"use client";

import { type KeyboardEvent, type MouseEvent, type ReactNode, useId, useRef } from "react";

type MenuProps = {
  /** The name of the button for screen readers. */
  label: string;
  /** What the button shows. */
  trigger: ReactNode;
  /** The content of the panel: links, buttons and forms, styled with `menuItemClass`. */
  children: ReactNode;
  /** The classes of the button. */
  className?: string;
  onOpen?: () => void;
};

export const menuItemClass =
  "flex h-9 w-full items-center gap-2.5 rounded-sm px-2.5 text-left text-[13px] text-ink hover:bg-raised focus-visible:bg-raised focus-visible:outline-offset-0 pointer-coarse:h-10";

/** A panel beside its button. It is a native popover, which opens without JavaScript and closes on Esc or a click outside. */
export function Menu({ label, trigger, children, className, onOpen }: MenuProps) {
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const anchor = `--menu-${id.replace(/[^\w-]/g, "")}`;

  function closeAfterChoice(event: MouseEvent) {
    const isChoice = event.target instanceof Element && event.target.closest("a, button") !== null;
    if (isChoice) panel.current?.hidePopover();
  }

  function moveFocus(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !panel.current) return;
    event.preventDefault();
    panel.current.togglePopover(true);
    const items = [...panel.current.querySelectorAll<HTMLElement>("a[href], button:not(:disabled)")];
    const from = items.findIndex((item) => item === document.activeElement);
    const to = from < 0 && step < 0 ? items.length - 1 : (from + step + items.length) % items.length;
    items[to]?.focus();
  }

  return (
    // The arrow keys open the panel and move focus between its controls.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="contents" onKeyDown={moveFocus}>
      <button type="button" aria-label={label} popoverTarget={id} style={{ anchorName: anchor }} className={className}>
        {trigger}
      </button>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <div
        id={id}
        ref={panel}
        popover="auto"
        onClick={closeAfterChoice}
        onToggle={({ newState }) => newState === "open" && onOpen?.()}
        style={{ positionAnchor: anchor }}
        className="menu min-w-48 rounded border bg-surface p-1 text-ink shadow-float"
      >
        {children}
      </div>
    </div>
  );
}
