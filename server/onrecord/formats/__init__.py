"""An analysis in the forms that leave Onrecord: the wire's JSON, Web Annotation JSON-LD, CSV, and an HTML report."""
