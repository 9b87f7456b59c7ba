"use client";

import { useEffect, useRef } from "react";
import type { LoginState } from "./login-state";

/**
 * Returns a ref for a form. After each answer, the focus goes to the field with the problem, or else to the element with the
 * attribute `data-answer`. A screen reader then reads this element.
 */
export function useFocusOnAnswer(state: LoginState) {
  const form = useRef<HTMLFormElement>(null);
  const { problem, sent } = state;
  useEffect(() => {
    if (!problem && !sent) return;
    const field = problem && problem.field !== "form" ? `#${problem.field}` : "[data-answer]";
    form.current?.querySelector<HTMLElement>(field)?.focus();
  }, [problem, sent]);
  return form;
}
