import { render } from "@testing-library/react";
import type { LucideIconData } from "lucide-react";
import * as alert from "lucide-react/icons/circle-exclamation-point";
import * as plus from "lucide-react/icons/plus";
import { expect, test } from "vitest";
import createLucideIcon from "@/components/ui/create-lucide-icon";

test.each([plus, alert])("an icon looks as if lucide had made it", ({ default: Original, ...others }) => {
  // Lucide does not declare the type of `__iconData`.
  const Icon = createLucideIcon((others as unknown as { __iconData: LucideIconData }).__iconData);
  const draw = (Component: typeof Original | typeof Icon) => {
    const { container } = render(<Component aria-hidden className="size-4" strokeWidth={1.5} />);
    return container.firstElementChild;
  };
  expect(draw(Icon)?.isEqualNode(draw(Original))).toBe(true);
});
