"use client";

import { type MouseEvent, type ReactNode, useEffect, useRef } from "react";
import { LiveRegion } from "./live-region";

type DialogProps = {
  open: boolean;
  onClose: () => void;
  label: string;
  children: ReactNode;
  className?: string;
};

const box =
  "m-auto max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] max-w-lg overflow-auto rounded-lg border bg-surface text-ink shadow-float";

/**
 * A modal dialog. The browser keeps the focus inside and handles Esc. `onClose` must set `open` to false. `className` replaces
 * the default styles of the box, for a full-screen dialog.
 */
export function Dialog({ open, onClose, label, children, className = box }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const element = dialog.current;
    if (!open || !element) return;
    const opener = document.activeElement;
    element.showModal();
    return () => {
      element.close();
      // The browser returns the focus to the opener after `close()`, but not if an open dialog is removed from the page. So the
      // next line also returns the focus.
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, [open]);

  function closeOnBackdrop(event: MouseEvent) {
    const element = dialog.current;
    if (!element || event.target !== element) return;
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    if (x < left || x > right || y < top || y > bottom) onClose();
  }

  return (
    // For keyboard users, Esc does the same as a click on the backdrop.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog}
      aria-label={label}
      className={`backdrop:bg-scrim open:animate-rise ${className}`}
      onClick={closeOnBackdrop}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      {open ? (
        <>
          {children}
          {/* While a modal dialog is open, screen readers ignore live regions outside it. So each dialog has its own live
              region. */}
          <LiveRegion />
        </>
      ) : null}
    </dialog>
  );
}
