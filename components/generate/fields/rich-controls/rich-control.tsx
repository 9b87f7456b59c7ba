"use client";

// This file is loaded only for a model with a setting that needs these controls: a list, JSON or a long menu (see
// setting-field.tsx).

import { BasicControl, type ControlProps } from "@/components/generate/fields/basic-control";
import { controlName, isList } from "@/components/generate/fields/form-values";
import { JsonCheck } from "./json-check";
import { ListControl } from "./list-control";
import { SearchSelect } from "./search-select";

/** Replaces the basic control: a list gets chips or checkboxes, JSON gets a check, and a long menu gets a search. */
export function RichControl(props: ControlProps) {
  const { field, error } = props;
  if (isList(field.kind)) return <ListControl {...props} />;
  if (field.kind !== "json") return <SearchSelect {...props} />;
  return (
    <>
      <BasicControl {...props} />
      {field.json ? <JsonCheck id={controlName(field)} json={field.json} isSilent={error !== undefined} /> : null}
    </>
  );
}
