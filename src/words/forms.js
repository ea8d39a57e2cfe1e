
// How scripts say something: the words come from the language file, the forms from the language.
// Texts in, texts out; nothing here touches a page.

const plurals = new Intl.PluralRules(language);

/** A text with what stands in the place of each {name}. */
export const fill = (text, values) => text.replace(/\{([a-z_]+)\}/g, (_, name) => values[name] ?? "");

/** A whole number: "12", "12,345". */
export const number = (value) => {
  const digits = String(value);
  return digits.length > 4 ? digits.replace(/\B(?=(\d{3})+$)/g, groupMark) : digits;
};

/** A decimal, which stands in data and addresses with a point. */
export const decimal = (text) => text.replace(".", decimalMark);

/** Whether a number takes the name of a single thing. */
export const isOne = (count) => plurals.select(count) === "one";

/** The form of a text for a number of things; {count} is the number. */
export const counted = (forms, count, values = {}) =>
  fill(forms[plurals.select(count)] ?? forms.other ?? forms, { count: number(count), ...values });
