/** What people call an operation: in their language where we know it, else by the name that the service has for it. */
import { useOperationTexts } from "../i18n/operations";
import { useOperations } from "./reads";

export function useOperationName(): (operation: string) => string {
  const known = useOperationTexts();
  const { data } = useOperations();
  return (operation) =>
    known[operation] ??
    data?.data.find((listed) => listed.operation === operation)?.name ??
    operation.replace(/_/g, " ");
}
