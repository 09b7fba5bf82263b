import { graphql } from "../../gql";
import type { DiagnosesQuery } from "../../gql/graphql";

/** What is wrong, or soon will be, the most urgent first. */
export const DiagnosesDocument = graphql(`
  query Diagnoses($abmTokenId: ID) {
    diagnoses(abmTokenId: $abmTokenId) {
      key
      code
      severity
      symptom
      cause
      evidence
      sinceAt
      affectedDevices
      affectedWhere
      exampleSerialNumbers
      fix {
        text
        actions {
          kind
          role
        }
      }
      abmToken {
        id
      }
      adeProfile {
        id
      }
    }
  }
`);

export type Diagnosis = DiagnosesQuery["diagnoses"][number];

/** What changes a diagnosis when somebody changes it here. */
export const diagnosesContext = {
  additionalTypenames: ["ABMToken", "ADEProfile", "DefaultADEProfile", "AssignmentBatch", "SyncRun", "DeviceGroup"],
};
