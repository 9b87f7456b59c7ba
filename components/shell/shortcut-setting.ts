const key = "shortcuts";

/** Single letters get in the way of who speaks to their machine, so they can be turned off. */
export function areShortcutsOn() {
  try {
    return localStorage.getItem(key) !== "off";
  } catch {
    return true;
  }
}

export function setShortcuts(isOn: boolean) {
  try {
    localStorage.setItem(key, isOn ? "on" : "off");
  } catch {
    // Storage is switched off: they then stay on.
  }
}
