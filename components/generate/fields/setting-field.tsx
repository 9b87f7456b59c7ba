import { Field as Row, fieldProps } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import { isUnsupportedFile } from "@/lib/models/fields";
import { controlName, toText } from "./form-values";
import { MediaField, type MediaFieldProps } from "./media-field";
import { NumberField } from "./number-field";
import { SeedField } from "./seed-field";

type SettingFieldProps = MediaFieldProps & { placeholder?: string };

/** The control for any setting of a model, chosen by the kind of the setting. */
export function SettingField({ placeholder, ...props }: SettingFieldProps) {
  const { field, value, error } = props;
  const { kind, label, description: hint, required } = field;
  const name = controlName(field);
  const row = { label, htmlFor: name, hint, error };
  const control = { ...fieldProps(name, { hint, error }), name, required };
  const text = toText(value);
  const isPrompt = field.name === "prompt";

  switch (kind) {
    case "integer":
    case "number":
      return <NumberField {...props} />;
    case "seed":
      return <SeedField {...props} />;
    case "file":
    case "files":
      return isUnsupportedFile(field) ? (
        <p className="text-[13px] text-muted">
          <span className="font-medium text-ink">{label}.</span> Only images can be sent to models here, so{" "}
          {required ? "this model cannot run here." : "this stays empty."}
        </p>
      ) : (
        <MediaField {...props} />
      );
    case "boolean":
      return (
        <label className="flex min-h-10 cursor-pointer items-center gap-3 text-[13px]">
          <input type="checkbox" name={name} defaultChecked={value === true} className="size-4 accent-accent" />
          <span>
            <span className="font-medium">{label}</span>
            {hint ? <span className="block text-muted">{hint}</span> : null}
          </span>
        </label>
      );
    case "select":
      return (
        <Row {...row}>
          <Select {...control} defaultValue={text}>
            {field.default === undefined ? <option value="">Default</option> : null}
            {field.options?.map((option) => (
              <option key={option}>{option}</option>
            ))}
          </Select>
        </Row>
      );
    case "longtext":
    case "json":
      return (
        <Row {...row}>
          <Textarea
            {...control}
            defaultValue={text}
            placeholder={placeholder}
            rows={isPrompt ? 3 : 2}
            dir="auto"
            className={`field-sizing-content max-h-64 ${isPrompt ? "" : "min-h-10!"} ${kind === "json" ? "font-mono" : ""}`}
          />
        </Row>
      );
    case "text":
      return (
        <Row {...row}>
          <Input {...control} defaultValue={text} dir="auto" />
        </Row>
      );
  }
}
