import Link from "next/link";
import type { Picture } from "@/components/prediction/picture";
import { unseenClass } from "@/components/ui/input";
import type { Field } from "@/lib/models/fields";
import { controlName } from "./read-form";

type PictureFieldProps = { field: Field; value: string; pictures: Picture[]; error?: string };

const tile =
  "relative grid size-16 shrink-0 cursor-pointer place-items-center overflow-hidden rounded-sm border bg-raised text-[12px] text-muted has-checked:border-accent has-checked:outline-1 has-checked:outline-accent has-focus-visible:outline-2 has-focus-visible:outline-accent";

/** A file for the model, chosen from one's own pictures. Only what is kept here may go in, never a foreign address. */
export function PictureField({ field, value, pictures, error }: PictureFieldProps) {
  const name = controlName(field);
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5" aria-describedby={error ? `${name}-error` : undefined}>
      <legend className="contents text-[13px] font-medium">{field.label}</legend>
      {pictures.length === 0 ? (
        <p className="text-[13px] text-muted">
          Your pictures appear here to choose from. <Link href="/dashboard/generate">Make one first.</Link>
        </p>
      ) : (
        <div className="flex gap-1.5 overflow-x-auto p-0.5">
          {field.required ? null : (
            <label className={tile}>
              <input type="radio" name={name} value="" defaultChecked={value === ""} className={unseenClass} />
              None
            </label>
          )}
          {pictures.map(({ id, thumb, prompt }) => (
            <label key={id} className={tile}>
              <input
                type="radio"
                name={name}
                value={id ?? ""}
                required={field.required}
                defaultChecked={value === id}
                className={unseenClass}
              />
              <img src={thumb} alt={prompt} loading="lazy" decoding="async" className="size-full object-cover" />
            </label>
          ))}
        </div>
      )}
      {error ? (
        <p id={`${name}-error`} className="text-[13px] text-danger">
          {error}
        </p>
      ) : field.description ? (
        <p className="text-[13px] text-muted">{field.description}</p>
      ) : null}
    </fieldset>
  );
}
