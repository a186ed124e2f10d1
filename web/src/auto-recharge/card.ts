/** A saved card as its owner knows it. */
import type { Schema } from "@credits/contract";

const BRANDS: Readonly<Record<string, string>> = {
  amex: "American Express",
  diners: "Diners Club",
  discover: "Discover",
  eftpos_au: "eftpos",
  jcb: "JCB",
  link: "Link",
  mastercard: "Mastercard",
  unionpay: "UnionPay",
  visa: "Visa",
};

/** Stripe's word for the brand, as it is written on the card; a brand that is new stays as Stripe says it. */
export function brandName(brand: string): string {
  return BRANDS[brand] ?? brand;
}

/** Some day of the last month in which it is good. */
export function expiresAs({ exp_year, exp_month }: Schema.PaymentMethod): string {
  return `${exp_year}-${String(exp_month).padStart(2, "0")}-15`;
}
