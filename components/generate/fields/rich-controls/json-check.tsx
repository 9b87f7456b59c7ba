import { useEffect, useState } from "react";
import type { Field } from "@/lib/models/inputs/fields";

type JsonCheckProps = {
  /** The id of the control. */
  id: string;
  json: Field["json"];
  /** True while the form already shows an error for this control. Then this component shows nothing. */
  isSilent: boolean;
};

/** Says, while the user types, what is wrong with the JSON in a control. The form cannot be sent while the JSON is wrong. */
export function JsonCheck({ id, json, isSilent }: JsonCheckProps) {
  const [problem, setProblem] = useState("");

  useEffect(() => {
    const control = document.getElementById(id);
    if (!(control instanceof HTMLTextAreaElement)) return;
    const check = () => {
      const found = findProblem(control.value, json);
      control.setCustomValidity(found);
      setProblem(found);
    };
    check();
    control.addEventListener("input", check);
    return () => control.removeEventListener("input", check);
  }, [id, json]);

  return (
    <p role="status" className="text-[13px] text-muted empty:hidden">
      {isSilent ? "" : problem}
    </p>
  );
}

/** Returns what is wrong with a text that must be JSON. Returns an empty text if nothing is wrong. */
export function findProblem(text: string, json: Field["json"]): string {
  if (!text.trim()) return "";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `This is not valid JSON yet. ${error instanceof Error ? error.message.replace(/^JSON\.parse: /, "") : ""}`.trim();
  }
  if (json === "array" && !Array.isArray(value)) return "This must be a list in brackets, such as [1, 2].";
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return json === "object" && !isObject ? 'This must be an object in braces, such as {"a": 1}.' : "";
}
