//! x
use serde_json::{json,Map,Value};
fn document(operations: u32, limit: u32) -> Value {
    let refer = |name: String| json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
    let mut paths = Map::new(); let mut schemas = Map::new();
    schemas.insert("Error".to_owned(), json!({"type": "object", "properties": {"message": {"type": "string", "maxLength": limit}}}));
    for index in 0..operations {
        paths.insert(format!("/things/{index}/{{id}}"), json!({"post": {"operationId": format!("make_{index}"),
                "requestBody": {"required": true, "content": refer(format!("Request{index}"))},
                "responses": {"200": {"description": "Made.", "content": refer(format!("Request{index}"))},"default": {"description": "Not made.", "content": refer("Error".to_owned())}}}}));
        let mut properties = Map::new();
        for number in 0..25 { properties.insert(format!("field_{number}"), json!({"type": "string", "maxLength": 40, "description": "A field."})); }
        properties.insert("prompt".to_owned(), json!({"type": "string", "maxLength": limit}));
        schemas.insert(format!("Request{index}"), json!({"type": "object", "required": ["prompt"], "properties": properties}));
    }
    json!({"openapi": "3.1.0", "paths": paths, "components": {"schemas": schemas}})
}
fn main(){
    let (a,b)=(document(20000,1),document(20000,2));
    println!("{} bytes", a.to_string().len());
    let t=std::time::Instant::now(); let r=contract::drift::drift(&a,&b);
    println!("{} changes in {:?}", r.changes.len(), t.elapsed());
    let all=contract::drift::Drift{vendors:vec![contract::drift::VendorDrift::between("x",&a,&b)],..Default::default()};
    for f in contract::drift::Format::NAMES { let t=std::time::Instant::now(); println!("{f} {} bytes {:?}", all.render(f.parse().unwrap()).len(), t.elapsed()); }
}
