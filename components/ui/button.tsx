import type { ComponentProps, KeyboardEvent, MouseEvent } from "react";
import type { LucideIcon } from "lucide-react";
import { type ButtonLook, buttonClass } from "./button-class";

type ButtonProps = ButtonLook &
  ComponentProps<"button"> & {
    /** For actions that must not run twice by accident. A double click or a held Enter key runs such an action only once. */
    costs?: boolean;
  };

export function Button({ variant, size, className = "", type = "button", costs = false, ...props }: ButtonProps) {
  const { onClick, ...others } = props;
  return (
    <button
      type={type}
      className={`${buttonClass({ variant, size })} ${className}`}
      {...others}
      {...(costs && { onKeyDown: ignoreRepeated })}
      onClick={costs ? (event) => (isRepeatedClick(event) ? event.preventDefault() : onClick?.(event)) : onClick}
    />
  );
}

type IconButtonProps = Omit<ButtonProps, "variant" | "size" | "children"> & {
  label: string;
  Icon: LucideIcon;
  iconClass?: string;
};

/** A button that shows only an icon. Its tooltip is `title`, or else the label. */
export function IconButton({ label, title = label, Icon, iconClass = "", ...props }: IconButtonProps) {
  return (
    <Button variant="ghost" size="icon" aria-label={label} title={title} {...props}>
      <Icon aria-hidden className={`size-4 ${iconClass}`} />
    </Button>
  );
}

// `detail` is the number of quick clicks in a row: 2 for the second click of a double click.
function isRepeatedClick({ detail }: MouseEvent) {
  return detail > 1;
}

function ignoreRepeated(event: KeyboardEvent) {
  if (event.repeat && event.key === "Enter") event.preventDefault();
}
