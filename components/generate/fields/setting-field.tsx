import { Field as Row } from "@/components/ui/field";
import { lazyAfterLoad } from "@/components/ui/lazy-after-load";
import { BasicControl, type ControlProps } from "./basic-control";
import { controlName, isList, textOf } from "./form-values";
import { MediaField, type MediaFieldProps } from "./media-field";
import { NumberField } from "./number-field";
import { linesOf } from "./read-form";
import { SeedField } from "./seed-field";

// `RichControl` is loaded only for a model with a setting that is a list, JSON or a very long menu.
const RichControl = lazyAfterLoad<ControlProps>(
  () => import("./rich-controls/rich-control").then((file) => file.RichControl),
  BasicControl,
  takeTyped,
);

/** Returns what the user has typed into the basic control, so that `RichControl` starts with it. */
function takeTyped({ field, value }: ControlProps): Partial<ControlProps> {
  const control = document.getElementById(controlName(field));
  const isText = control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement;
  if (!isText || control.value === textOf(field, value)) return {};
  return { value: isList(field.kind) ? linesOf(control.value) : control.value };
}

/** With more options than this, a menu is too long, and the setting gets a search instead. */
const maxOptions = 200;

/** The control for any setting of a model, chosen by the kind of the setting. */
export function SettingField(props: MediaFieldProps & { placeholder?: string }) {
  const { field, value, error } = props;
  const { kind, label, description: hint, required, options = [] } = field;
  const name = controlName(field);

  switch (kind) {
    case "integer":
    case "number":
      return <NumberField {...props} />;
    case "seed":
      return <SeedField {...props} />;
    case "file":
    case "files":
      return (
        <div data-required={required || undefined}>
          <MediaField {...props} />
        </div>
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
    default: {
      const isRich = isList(kind) || kind === "json" || options.length > maxOptions;
      const Control = isRich ? RichControl : BasicControl;
      return (
        <Row label={label} htmlFor={name} hint={hint} error={error}>
          <Control {...props} />
        </Row>
      );
    }
  }
}
